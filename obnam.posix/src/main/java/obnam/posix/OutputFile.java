package obnam.posix;

/// A regular file open for writing and reading. To be used by one thread at a time, and closed. Failures are
/// [PosixException]s; those of a closed file are [IllegalStateException]s.
public interface OutputFile extends AutoCloseable {
    /// Writes all bytes at a position; a gap after the present end becomes a hole.
    ///
    /// @param buffer owned by the caller, only read
    void write(long position, byte[] buffer, int offset, int length);

    /// As [InputFile#read].
    int read(long position, byte[] buffer, int offset, int length);

    /// Makes the file exactly this long; what is added is a hole.
    void truncate(long size);

    /// Makes a range within the file read as zeros and frees its space where the file system can; the size stays.
    void punchHole(long position, long length);

    /// Status of the open file.
    FileStatus status();

    /// Makes contents and size durable. The name needs [Directory#sync] besides.
    void sync();

    /// Sets the owner. Clears setuid, setgid and capabilities.
    void setOwner(long uid, long gid);

    /// Sets the permission bits, 0 to 07777.
    void setMode(int permissions);

    /// Sets access and modification time, either of which may be [Timestamp#OMIT].
    void setTimes(Timestamp access, Timestamp modification);

    /// Adds or replaces an extended attribute.
    void setExtendedAttribute(ExtendedAttribute attribute);

    /// Sets the [FileFlags] to exactly these, as [Directory#setFileFlags].
    void setFileFlags(int flags);

    /// Closes the file; a second call does nothing. An error that the file system reports only now (a network file
    /// system out of space, for one) is a [PosixException]; the file is closed all the same.
    @Override
    void close();
}
