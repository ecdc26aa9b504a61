package obnam.posix;

import java.util.List;
import java.util.Objects;

/// An open file; what may be done with it follows from how it was opened.
final class LinuxFile implements InputFile, OutputFile {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Descriptor self;

    LinuxFile(Descriptor self) {
        this.self = self;
    }

    @Override
    public FileStatus status() {
        return self.status();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        NativeBuffer transfer = SystemCalls.current().transfer(length);
        int size = Math.min(length, transfer.view().capacity());
        long count = SystemCalls.current().call(Kernel.PREAD, self.number(), transfer.address(), size, position);
        Descriptor.check(count, "read");
        transfer.view().get(0, buffer, offset, (int) count);
        return count == 0 ? -1 : (int) count;
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        SystemCalls calls = SystemCalls.current();
        int done = 0;
        while (done < length) {
            NativeBuffer transfer = calls.transfer(length - done);
            int size = Math.min(length - done, transfer.view().capacity());
            transfer.view().put(0, buffer, offset + done, size);
            long count = calls.call(Kernel.PWRITE, self.number(), transfer.address(), size, position + done);
            done += (int) Descriptor.check(count, "write");
        }
    }

    @Override
    public long nextData(long position) {
        long found = SystemCalls.current().call(Kernel.LSEEK, self.number(), position, Kernel.SEEK_DATA);
        // ENXIO: no data at or after the position.
        return found >= 0 ? found : found == -Errno.ENXIO ? status().size() : position;
    }

    @Override
    public long nextHole(long position) {
        long found = SystemCalls.current().call(Kernel.LSEEK, self.number(), position, Kernel.SEEK_HOLE);
        return found >= 0 ? found : status().size();
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes() {
        return LinuxExtendedAttributes.of(self).list();
    }

    @Override
    public int fileFlags() {
        return self.fileFlags();
    }

    @Override
    public void adviseSequential() {
        advise(0, 0, Kernel.FADV_SEQUENTIAL);
    }

    @Override
    public void adviseDontNeed(long position, long length) {
        advise(position, length, Kernel.FADV_DONTNEED);
    }

    /// Advice that the kernel does not take changes nothing: its outcome is of no interest.
    private void advise(long position, long length, int advice) {
        SystemCalls.current().call(Kernel.FADVISE, self.number(), position, length, advice);
    }

    @Override
    public void truncate(long size) {
        Descriptor.check(SystemCalls.current().call(Kernel.FTRUNCATE, self.number(), size, 0), "set the size");
    }

    @Override
    public void punchHole(long position, long length) {
        if (position < 0 || length < 0) {
            throw new IllegalArgumentException("not a range: %d + %d".formatted(position, length));
        }
        if (length == 0) {
            return;
        }
        int mode = Kernel.FALLOC_PUNCH_HOLE | Kernel.FALLOC_KEEP_SIZE;
        long outcome = SystemCalls.current().call(Kernel.FALLOCATE, self.number(), mode, position, length);
        if (outcome == -Errno.EOPNOTSUPP || outcome == -Errno.ENOSYS) {
            writeZeros(position, length);
        } else {
            Descriptor.check(outcome, "punch a hole");
        }
    }

    private void writeZeros(long position, long length) {
        long end = position + Math.min(length, Math.max(0, status().size() - position));
        for (long at = position; at < end; at += ZEROS.length) {
            write(at, ZEROS, 0, (int) Math.min(ZEROS.length, end - at));
        }
    }

    @Override
    public void sync() {
        self.sync(Kernel.FDATASYNC);
    }

    @Override
    public void setOwner(long uid, long gid) {
        self.setOwner(uid, gid);
    }

    @Override
    public void setMode(int permissions) {
        self.setMode(permissions);
    }

    @Override
    public void setTimes(Timestamp access, Timestamp modification) {
        self.setTimes(access, modification);
    }

    @Override
    public void setExtendedAttribute(ExtendedAttribute attribute) {
        LinuxExtendedAttributes.of(self).set(attribute);
    }

    @Override
    public void setFileFlags(int flags) {
        self.setFileFlags(flags);
    }

    @Override
    public void close() {
        Descriptor.check(self.close(), "close");
    }
}
