/// File system calls that `java.nio` does not offer, with file names as bytes. The only module of Obnam that is granted
/// native access; it knows nothing of backups.
@org.jspecify.annotations.NullMarked
module obnam.posix {
    requires static org.jspecify;
    requires obnam.api;

    // exports obnam.posix;
}
