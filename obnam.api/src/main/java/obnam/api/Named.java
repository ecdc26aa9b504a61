package obnam.api;

/// Something that is chosen by a short name which is written into the data, a configuration or a location.
public interface Named {

    /// The name: one to 32 lower-case letters, digits and hyphens. Names that begin with `obnam-` are this
    /// project's.
    String name();
}
