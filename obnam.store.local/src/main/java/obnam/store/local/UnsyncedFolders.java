package obnam.store.local;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import obnam.api.StoreException;
import obnam.posix.PosixException;

/// Knows the folders whose entries a crash may still undo, and makes folders. Thread-safe.
///
/// A barrier syncs each changed folder once. The order does not matter: a barrier promises that all changes made
/// before its call are durable when it returns, and as it waits for the disk, nothing done later can overtake
/// them.
///
/// A folder must itself be durable in its parent. Another process may have made it and not yet synced the parent,
/// so each folder counts as new when this process first uses it: that costs one sync more for each parent, once.
final class UnsyncedFolders {

    private final DurableFiles files;
    private final String store;
    private final Set<String> usable = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private final Object barrier = new Object();
    private Optional<PosixException> failure = Optional.empty();

    /// @param store the location, for messages
    UnsyncedFolders(DurableFiles files, String store) {
        this.files = files;
        this.store = store;
    }

    /// Makes a folder and its parents where they are missing.
    void makeUsable(String folder) {
        if (folder.equals(Layout.TOP) || isUsable(folder)) {
            return;
        }
        String parent = Layout.parent(folder);
        makeUsable(parent);
        files.makeFolder(parent, Layout.last(folder));
        synchronized (this) {
            changed.add(parent);
            usable.add(folder);
        }
    }

    private synchronized boolean isUsable(String folder) {
        return usable.contains(folder);
    }

    /// To be called after an entry of a folder was made or removed, or was found as another process made it.
    synchronized void changed(String folder) {
        changed.add(folder);
    }

    /// To be called when a folder was not there that should be: somebody removed it.
    synchronized void lookAgain() {
        usable.clear();
    }

    /// Makes durable what was changed before this call. One barrier at a time: a second one must not return while
    /// the first still syncs folders that the second relies on.
    void sync() {
        synchronized (barrier) {
            if (failure.isPresent()) {
                throw failed(failure.get());
            }
            Set<String> pending;
            synchronized (this) {
                pending = Set.copyOf(changed);
                changed.clear();
            }
            try {
                pending.forEach(files::syncFolder);
            } catch (PosixException e) {
                // The kernel tells of a failed write once; a second sync would succeed without having written anything.
                failure = Optional.of(e);
                throw failed(e);
            }
        }
    }

    private StoreException failed(PosixException e) {
        return StoreException.lasting(
                "cannot make durable what was stored (" + e.reason() + ")",
                store,
                "Check the disk, then run this again: what this run stored may be lost",
                e);
    }
}
