package obnam.posix;

/// The file flags that `chattr` sets and that can be given back to a file; bits of [Directory#fileFlags]. Flags
/// that describe how a file system stores a file (extents, inline data, encryption) are never reported.
public final class FileFlags {
    /// Secure deletion (`s`).
    public static final int SECURE_DELETE = 0x1;
    /// Undeletable (`u`).
    public static final int UNDELETE = 0x2;
    /// Compressed by the file system (`c`).
    public static final int COMPRESSED = 0x4;
    /// Written synchronously (`S`).
    public static final int SYNCHRONOUS = 0x8;
    /// Cannot be changed, removed or linked, by anyone (`i`). To be set after everything else.
    public static final int IMMUTABLE = 0x10;
    /// Can only be appended to (`a`). To be set after everything else.
    public static final int APPEND_ONLY = 0x20;
    /// Asks backup programs to leave the file out (`d`).
    public static final int NO_DUMP = 0x40;
    /// Access time is not kept (`A`).
    public static final int NO_ACCESS_TIME = 0x80;
    /// Tails are not packed together (`t`).
    public static final int NO_TAIL = 0x8000;
    /// Directory is written synchronously (`D`).
    public static final int DIRECTORY_SYNCHRONOUS = 0x1_0000;
    /// Top of a hierarchy, for block allocation (`T`).
    public static final int TOP_DIRECTORY = 0x2_0000;
    /// Not copied on write (`C`). Takes effect only on empty files.
    public static final int NO_COPY_ON_WRITE = 0x80_0000;

    static final int RESTORABLE = SECURE_DELETE
            | UNDELETE
            | COMPRESSED
            | SYNCHRONOUS
            | IMMUTABLE
            | APPEND_ONLY
            | NO_DUMP
            | NO_ACCESS_TIME
            | NO_TAIL
            | DIRECTORY_SYNCHRONOUS
            | TOP_DIRECTORY
            | NO_COPY_ON_WRITE;

    private FileFlags() {}
}
