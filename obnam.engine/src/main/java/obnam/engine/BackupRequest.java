package obnam.engine;

import java.util.List;
import java.util.Optional;
import obnam.api.ObjectName;
import obnam.engine.filter.Exclusions;

/// What to back up, and how.
///
/// @param roots absolute paths without `.`, `..`, doubled or trailing slashes; at least one
/// @param exclusions which entries to leave out
/// @param excludeCaches whether to leave out the content of directories with a valid CACHEDIR.TAG
/// @param oneFileSystem whether to stay on the file systems of the roots
/// @param tags labels for the snapshot
/// @param host name of this machine
/// @param user name of the user
/// @param parent the snapshot to compare with; empty for the newest with the same host and roots
/// @param readAll whether to read files that look unchanged
/// @param dryRun whether to store nothing
/// @param verifyAll whether to open every sealed block again before it is stored, instead of one in 64
/// @param accessTimes whether to record times of access
/// @param compression how hard to compress
public record BackupRequest(
        List<byte[]> roots,
        Exclusions exclusions,
        boolean excludeCaches,
        boolean oneFileSystem,
        List<String> tags,
        String host,
        String user,
        Optional<ObjectName> parent,
        boolean readAll,
        boolean dryRun,
        boolean verifyAll,
        boolean accessTimes,
        Compression compression) {}
