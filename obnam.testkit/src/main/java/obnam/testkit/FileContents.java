package obnam.testkit;

import java.util.Arrays;
import java.util.Optional;
import obnam.posix.FileStatus;
import obnam.posix.InputFile;

/// Compares what is in two open files, without reading where both have a hole.
final class FileContents {

    private static final int PART = 1 << 20;
    /// What file systems and copies may differ by in the space they take: preallocation, maps of extents.
    private static final long SPARE_BLOCKS = PART / 512;

    private FileContents() {}

    static Optional<String> difference(InputFile one, InputFile other) {
        FileStatus status = one.status();
        FileStatus copied = other.status();
        if (status.size() != copied.size()) {
            return Optional.of("size is %d, not %d".formatted(copied.size(), status.size()));
        }
        long first = firstDifference(one, other, status.size());
        if (first >= 0) {
            return Optional.of("content differs from byte %d on".formatted(first));
        }
        if (copied.blocks() > status.blocks() + status.blocks() / 10 + SPARE_BLOCKS) {
            return Optional.of("takes %d blocks of 512 bytes, not %d: holes are filled"
                    .formatted(copied.blocks(), status.blocks()));
        }
        return Optional.empty();
    }

    /// Position of the first byte that differs, or -1.
    private static long firstDifference(InputFile one, InputFile other, long size) {
        byte[] bytes = new byte[(int) Math.min(PART, size)];
        byte[] copied = new byte[bytes.length];
        long position = data(one, other, 0);
        while (position < size) {
            int length = (int) Math.min(PART, size - position);
            int read = fill(one, position, bytes, length);
            int readOther = fill(other, position, copied, length);
            int mismatch = Arrays.mismatch(bytes, 0, read, copied, 0, readOther);
            if (mismatch >= 0) {
                return position + mismatch;
            }
            if (read < length) {
                return position + read; // both were cut short meanwhile
            }
            position = data(one, other, position + length);
        }
        return -1;
    }

    private static long data(InputFile one, InputFile other, long position) {
        return Math.min(one.nextData(position), other.nextData(position));
    }

    private static int fill(InputFile file, long position, byte[] buffer, int length) {
        int filled = 0;
        while (filled < length) {
            int read = file.read(position + filled, buffer, filled, length - filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }
}
