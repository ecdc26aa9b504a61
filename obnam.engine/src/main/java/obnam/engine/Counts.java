package obnam.engine;

/// What a backup saw and did; kept in its snapshot.
///
/// @param files regular files in the snapshot
/// @param directories directories in the snapshot
/// @param others symbolic links, FIFOs, sockets and devices
/// @param bytes sum of the sizes of the files
/// @param filesRead files whose content was read
/// @param bytesRead bytes that were read from them
/// @param newChunks chunks that were not in the repository
/// @param newBytes length of their plaintext
/// @param storedBytes bytes that were put into the store
/// @param unreadable entries that could not be read
public record Counts(
        long files,
        long directories,
        long others,
        long bytes,
        long filesRead,
        long bytesRead,
        long newChunks,
        long newBytes,
        long storedBytes,
        long unreadable) {}
