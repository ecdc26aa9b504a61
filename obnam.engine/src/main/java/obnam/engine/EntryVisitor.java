package obnam.engine;

import java.util.Optional;

/// Receives the entries of a snapshot, one after the other.
public interface EntryVisitor {

    /// An entry.
    ///
    /// @param path its absolute path in the snapshot, as bytes
    /// @param entry the entry
    /// @param user name of its owner, if it was known when the snapshot was made
    /// @param group name of its group, if it was known then
    void entry(byte[] path, Entry entry, Optional<String> user, Optional<String> group);
}
