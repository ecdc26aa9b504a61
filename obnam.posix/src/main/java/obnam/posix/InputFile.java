package obnam.posix;

import java.util.List;

/// A file open for reading. To be used by one thread at a time, and closed. Failures are [PosixException]s; those
/// of a closed file are [IllegalStateException]s.
public interface InputFile extends AutoCloseable {
    /// Status of the open file.
    FileStatus status();

    /// Reads at a position; may read less than asked for, at most 1 MiB at a time.
    ///
    /// @param position in bytes from the start of the file
    /// @param buffer owned by the caller, written from `offset` on
    /// @return number of bytes read, or -1 at or after the end of the file; 0 only if `length` is 0
    int read(long position, byte[] buffer, int offset, int length);

    /// Start of the data at or after a position; the size of the file if only a hole follows; the position itself
    /// if the file system cannot tell.
    long nextData(long position);

    /// Start of the hole at or after a position (the end of the file counts as one); the size of the file if the
    /// file system cannot tell. A position after the end gives the size.
    long nextHole(long position);

    /// All extended attributes this process may see, as [Directory#extendedAttributes], without a path lookup.
    List<ExtendedAttribute> extendedAttributes();

    /// The [FileFlags]; 0 where they are not supported.
    int fileFlags();

    /// Tells the kernel that the file is read from start to end, so that it reads further ahead.
    void adviseSequential();

    /// Tells the kernel that a range is not needed in its cache any longer. A length of 0 means to the end.
    void adviseDontNeed(long position, long length);

    /// Closes the file; a second call does nothing.
    @Override
    void close();
}
