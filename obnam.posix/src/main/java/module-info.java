import org.jspecify.annotations.NullMarked;

/// File system access with names as bytes and all the metadata a backup needs.
///
/// On Linux (x86-64 and AArch64) it calls the kernel through `java.lang.foreign`; elsewhere it falls back to
/// `java.nio`, behind the same interfaces. It is meant to be the only module that is granted native access
/// (`--enable-native-access=obnam.posix`). It knows nothing of backups and requires no other module.
///
/// Start at [obnam.posix.FileSystem#local()].
@NullMarked
module obnam.posix {
    requires static org.jspecify;

    exports obnam.posix;
}
