package obnam.server.repository;

/// How much a repository or a tenant holds, hidden objects included.
///
/// @param bytes sum of the sizes of all objects
/// @param objects their number
public record Usage(long bytes, long objects) {

    /// Nothing.
    public static final Usage NONE = new Usage(0, 0);

    /// Both together.
    public Usage plus(Usage other) {
        return new Usage(bytes + other.bytes, objects + other.objects);
    }
}
