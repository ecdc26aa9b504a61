package obnam.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads all entries of a directory with `getdents64`. The records it gives are `u64 inode | s64 offset | u16
/// record length | u8 type | name | NUL | padding`.
final class DirectoryReader {
    private static final int RECORD_LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private DirectoryReader() {}

    static DirectoryListing read(Descriptor directory) {
        SystemCalls calls = SystemCalls.current();
        NativeBuffer buffer = calls.result();
        DirectoryListing.Builder entries = new DirectoryListing.Builder();
        byte[] records = new byte[0];
        while (true) {
            long filled = calls.call(Kernel.GETDENTS64, directory.number(), buffer.address(), SystemCalls.RESULT_SIZE);
            Descriptor.check(filled, "list a directory");
            if (filled == 0) {
                return entries.build();
            }
            if (records.length < filled) {
                records = new byte[(int) filled];
            }
            buffer.view().get(0, records, 0, (int) filled);
            addAll(records, (int) filled, entries);
        }
    }

    private static void addAll(byte[] records, int filled, DirectoryListing.Builder entries) {
        ByteBuffer view = ByteBuffer.wrap(records).order(ByteOrder.nativeOrder());
        for (int at = 0; at < filled; at += view.getShort(at + RECORD_LENGTH) & 0xffff) {
            int start = at + NAME;
            int end = start;
            boolean valid = true;
            while (records[end] != 0) {
                valid &= records[end] != '/';
                end++;
            }
            if (!valid || end == start) {
                throw new PosixException(Errno.EIO, "list a directory with an entry that is no file name", new byte[0]);
            }
            if (!isDots(records, start, end)) {
                entries.add(records, start, end, view.getLong(at), Kernel.fileType(records[at + TYPE] << 12));
            }
        }
    }

    private static boolean isDots(byte[] records, int start, int end) {
        return end - start <= 2 && records[start] == '.' && records[end - 1] == '.';
    }
}
