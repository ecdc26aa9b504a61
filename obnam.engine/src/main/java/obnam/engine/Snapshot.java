package obnam.engine;

import java.util.List;
import java.util.Optional;
import obnam.api.ObjectName;
import obnam.posix.Timestamp;

/// A snapshot, as its record tells.
///
/// @param name the SNAPSHOT object
/// @param time when its run began
/// @param endTime when its run ended
/// @param host name of the machine
/// @param user name of the user
/// @param programVersion version of the program that made it
/// @param roots absolute paths of the roots, as bytes
/// @param tags tags the user gave it
/// @param parent the snapshot it was compared with
/// @param counts what the run saw and did
/// @param tree the root of its tree
public record Snapshot(
        ObjectName name,
        Timestamp time,
        Timestamp endTime,
        String host,
        String user,
        String programVersion,
        List<byte[]> roots,
        List<String> tags,
        Optional<ObjectName> parent,
        Counts counts,
        TreeReference tree) {

    /// The same under another name.
    public Snapshot withName(ObjectName other) {
        return new Snapshot(other, time, endTime, host, user, programVersion, roots, tags, parent, counts, tree);
    }

    /// The same with other tags.
    public Snapshot withTags(List<String> others) {
        return new Snapshot(
                name, time, endTime, host, user, programVersion, roots, List.copyOf(others), parent, counts, tree);
    }
}
