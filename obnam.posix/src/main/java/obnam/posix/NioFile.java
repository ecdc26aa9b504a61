package obnam.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// An open channel, and the path for what channels cannot do.
final class NioFile implements InputFile, OutputFile {
    private static final byte[] SELF = {};
    private static final int LARGEST_READ = 1 << 20;
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Path path;
    private final FileChannel channel;

    NioFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    private <T> T run(String operation, NioPaths.Action<T> action) {
        if (!channel.isOpen()) {
            throw new IllegalStateException("closed already");
        }
        return NioPaths.run(operation, SELF, action);
    }

    @Override
    public FileStatus status() {
        return run("read the status of an open file", () -> NioStatus.read(path));
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        ByteBuffer target = ByteBuffer.wrap(buffer, offset, Math.min(length, LARGEST_READ));
        return length == 0 ? 0 : run("read", () -> channel.read(target, position));
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) {
        ByteBuffer source = ByteBuffer.wrap(buffer, offset, length);
        run("write", () -> {
            while (source.hasRemaining()) {
                channel.write(source, position + source.position() - offset);
            }
            return channel;
        });
    }

    @Override
    public long nextData(long position) {
        return Math.min(position, size());
    }

    @Override
    public long nextHole(long position) {
        return size();
    }

    private long size() {
        return run("read the size of an open file", channel::size);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes() {
        return run("read the extended attributes of an open file", () -> NioMetadata.attributes(path, SELF));
    }

    @Override
    public int fileFlags() {
        return 0;
    }

    /// Not needed: advice changes nothing but speed.
    @Override
    public void adviseSequential() {}

    /// Not needed: advice changes nothing but speed.
    @Override
    public void adviseDontNeed(long position, long length) {}

    @Override
    public void truncate(long size) {
        run("set the size", () -> {
            long present = channel.size();
            if (size > present) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
            return channel.truncate(size);
        });
    }

    @Override
    public void punchHole(long position, long length) {
        if (position < 0 || length < 0) {
            throw new IllegalArgumentException("not a range: %d + %d".formatted(position, length));
        }
        long end = position + Math.min(length, Math.max(0, size() - position));
        for (long at = position; at < end; at += ZEROS.length) {
            write(at, ZEROS, 0, (int) Math.min(ZEROS.length, end - at));
        }
    }

    @Override
    public void sync() {
        run("write to disk", () -> {
            channel.force(false);
            return channel;
        });
    }

    @Override
    public void setOwner(long uid, long gid) {
        run("set the owner of an open file", () -> NioMetadata.setOwner(path, uid, gid));
    }

    @Override
    public void setMode(int permissions) {
        run("set the mode of an open file", () -> NioMetadata.setMode(path, permissions));
    }

    @Override
    public void setTimes(Timestamp access, Timestamp modification) {
        run("set the times of an open file", () -> NioMetadata.setTimes(path, access, modification));
    }

    @Override
    public void setExtendedAttribute(ExtendedAttribute attribute) {
        NioMetadata.setAttribute(path, SELF, attribute);
    }

    @Override
    public void setFileFlags(int flags) {
        if ((flags & FileFlags.RESTORABLE) != 0) {
            throw new PosixException(Errno.EOPNOTSUPP, "set the flags of an open file", SELF);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new PosixException(Errno.EIO, "close", SELF);
        }
    }
}
