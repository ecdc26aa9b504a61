package obnam.posix;

import java.util.Optional;

/// The metadata of a file as one `statx` call gives it. Immutable.
///
/// @param type never [FileType#UNKNOWN] on Linux
/// @param mode permission bits, setuid, setgid and sticky: 0 to 07777
/// @param linkCount number of names of this file
/// @param uid owner, 0 to 2^32-1
/// @param gid group, 0 to 2^32-1
/// @param size in bytes; for a symlink the length of its target
/// @param blocks allocated space in units of 512 bytes, whatever the block size of the file system
/// @param inode number of the file within its file system; only its bits have a meaning (may be negative as a long)
/// @param device the file system the file is on; changes from boot to boot
/// @param modified time of the last change of the contents
/// @param changed time of the last change of contents or metadata; cannot be set
/// @param accessed time of the last read, as far as the mount options keep it
/// @param born time of creation; empty where the file system does not keep it
/// @param deviceMajor of device nodes, else 0
/// @param deviceMinor of device nodes, else 0
/// @param mountRoot whether this is the root of a mount, bind mounts included; false before Linux 5.8
public record FileStatus(
        FileType type,
        int mode,
        long linkCount,
        long uid,
        long gid,
        long size,
        long blocks,
        long inode,
        long device,
        Timestamp modified,
        Timestamp changed,
        Timestamp accessed,
        Optional<Timestamp> born,
        int deviceMajor,
        int deviceMinor,
        boolean mountRoot) {

    /// Whether this is a directory.
    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    /// Whether this is a regular file.
    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    /// Whether both are the same file of the same file system, as long as neither is removed in between.
    public boolean isSameFile(FileStatus other) {
        return inode == other.inode && device == other.device;
    }
}
