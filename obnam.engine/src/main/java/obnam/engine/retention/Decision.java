package obnam.engine.retention;

import java.util.List;
import obnam.engine.Snapshot;

/// What becomes of a snapshot.
///
/// @param snapshot the snapshot
/// @param reasons why it is kept, in words for the user; none if it is to be forgotten
public record Decision(Snapshot snapshot, List<String> reasons) {

    /// Whether it is kept.
    public boolean kept() {
        return !reasons.isEmpty();
    }
}
