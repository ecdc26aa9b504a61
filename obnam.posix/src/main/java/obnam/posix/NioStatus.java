package obnam.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The status of a file as the JDK's `unix` attribute view tells it. It tells no allocated size and no mount
/// points.
final class NioStatus {
    private NioStatus() {}

    static FileStatus read(Path path) throws IOException {
        return parse(Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
    }

    private static FileStatus parse(Map<String, Object> values) {
        int mode = (int) number(values, "mode");
        long device = number(values, "rdev");
        long size = number(values, "size");
        FileType type = Kernel.fileType(mode);
        boolean node = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        return new FileStatus(
                type,
                mode & 07777,
                number(values, "nlink") & 0xffff_ffffL,
                number(values, "uid") & 0xffff_ffffL,
                number(values, "gid") & 0xffff_ffffL,
                size,
                (size + 511) / 512,
                number(values, "ino"),
                number(values, "dev"),
                time(values, "lastModifiedTime"),
                time(values, "ctime"),
                time(values, "lastAccessTime"),
                Optional.empty(),
                // The inverse of Kernel.deviceNumber, as Linux packs them for user space.
                node ? (int) ((device >>> 8) & 0xfff) : 0,
                node ? (int) ((device & 0xff) | ((device >>> 12) & 0xf_ff00)) : 0,
                false);
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Timestamp time(Map<String, Object> values, String name) {
        Instant instant = values.get(name) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
        return new Timestamp(instant.getEpochSecond(), instant.getNano());
    }

    /// A time as java.nio takes it. Before 1970 without its fraction: the JDK hands negative nanoseconds to the
    /// system, which refuses them, and then sets 1970 instead.
    static FileTime fileTime(Timestamp time) {
        int nanoseconds = time.seconds() < 0 ? 0 : time.nanoseconds();
        return FileTime.from(Instant.ofEpochSecond(time.seconds(), nanoseconds));
    }
}
