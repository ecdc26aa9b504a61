package obnam.cli.settings;

import java.util.List;
import java.util.Optional;
import obnam.engine.Compression;

/// What the configuration file says, with a profile laid over it. What it does not say is empty.
///
/// @param repository location of the repository
/// @param roots what to back up; absolute
/// @param exclude patterns of what to leave out
/// @param excludeCaches whether to leave out the content of cache directories
/// @param oneFileSystem whether to stay on the file systems of the roots
/// @param tags tags for snapshots
/// @param compression how hard to compress
/// @param keep which snapshots `forget` keeps
public record Configuration(
        Optional<String> repository,
        List<byte[]> roots,
        List<byte[]> exclude,
        Optional<Boolean> excludeCaches,
        Optional<Boolean> oneFileSystem,
        List<String> tags,
        Optional<Compression> compression,
        KeepRules keep) {

    /// Says nothing.
    public static final Configuration EMPTY = new Configuration(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            KeepRules.NONE);
}
