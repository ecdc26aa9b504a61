package obnam.engine.restore;

import java.util.Optional;
import obnam.api.ChunkId;
import obnam.api.Hasher;
import obnam.posix.Directory;
import obnam.posix.InputFile;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;

/// One thread's access to a file of the target. Opens it for writing only when something has to be written, so
/// that a file that is right already need not be writable.
final class FileHandle implements AutoCloseable {

    private static final int OWNER_MAY_WRITE = 0600;

    private final Directory directory;
    private final byte[] name;
    private Optional<InputFile> reading = Optional.empty();
    private Optional<OutputFile> writing = Optional.empty();

    FileHandle(Directory directory, byte[] name) {
        this.directory = directory;
        this.name = name;
    }

    /// Makes the file.
    static FileHandle create(Directory directory, byte[] name) {
        FileHandle handle = new FileHandle(directory, name);
        handle.writing = Optional.of(directory.createFile(name, 0600));
        return handle;
    }

    /// The file, open for writing.
    OutputFile writer() {
        if (writing.isEmpty()) {
            writing = Optional.of(openForUpdate());
        }
        return writing.get();
    }

    private OutputFile openForUpdate() {
        try {
            return directory.openForUpdate(name);
        } catch (PosixException e) {
            if (!e.isPermission()) {
                throw e;
            }
            Metadata.unlock(directory, name);
            directory.setMode(name, OWNER_MAY_WRITE);
            return directory.openForUpdate(name);
        }
    }

    private InputFile reader() {
        if (reading.isEmpty()) {
            reading = Optional.of(directory.openFile(name));
        }
        return reading.get();
    }

    private int read(long position, byte[] buffer, int offset, int length) {
        return writing.isPresent()
                ? writing.get().read(position, buffer, offset, length)
                : reader().read(position, buffer, offset, length);
    }

    /// Whether the file holds the chunk's data at a position.
    ///
    /// @param buffer has room for `length` bytes
    boolean holds(long position, int length, ChunkId id, Hasher hasher, byte[] buffer) {
        int done = 0;
        while (done < length) {
            int count = read(position + done, buffer, done, length - done);
            if (count < 0) {
                return false;
            }
            done += count;
        }
        return hasher.hash(buffer, 0, length).equals(id);
    }

    /// Whether the file has no data in a range that is to be a hole.
    boolean isHole(long position, long length) {
        return reader().nextData(position) >= position + length
                || position >= reader().status().size();
    }

    /// Whether a range reads as zeros, be it a hole or not.
    ///
    /// @param buffer of any length but 0
    boolean readsAsZeros(long position, long length, byte[] buffer) {
        long end = position + length;
        long at = Math.max(position, reader().nextData(position));
        while (at < end) {
            int count = read(at, buffer, 0, (int) Math.min(buffer.length, end - at));
            if (count < 0) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    return false;
                }
            }
            at = Math.max(at + count, reader().nextData(at + count));
        }
        return true;
    }

    @Override
    public void close() {
        reading.ifPresent(InputFile::close);
        writing.ifPresent(OutputFile::close);
    }
}
