package obnam.engine;

/// How a restore ended.
///
/// @param files regular files written or found to be right
/// @param directories directories made or updated
/// @param others other entries
/// @param bytes sum of the sizes of the files
/// @param bytesWritten bytes that had to be written
/// @param ownersKept entries whose owner could not be set for lack of privilege
public record RestoreResult(
        long files, long directories, long others, long bytes, long bytesWritten, long ownersKept) {}
