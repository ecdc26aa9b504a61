/// A store that is a directory of this machine. Nothing is exported; the provider arrives through
/// `java.util.ServiceLoader`.
@org.jspecify.annotations.NullMarked
module obnam.store.local {
    requires static org.jspecify;
    requires obnam.api;
    requires obnam.posix;
}
