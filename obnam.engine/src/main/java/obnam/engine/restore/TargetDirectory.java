package obnam.engine.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.engine.Entry;
import obnam.engine.browse.SnapshotPath;
import obnam.posix.FileStatus;

/// A directory of the target that is being restored.
///
/// It is *held* by the walk, while that stands in it or below, and by each piece of work that is still to be done
/// in it.
/// Whoever releases it last gives it its metadata: only then nothing changes its times any more, and a mode that
/// keeps everybody out does no harm.
final class TargetDirectory {

    private final Optional<TargetDirectory> parent;
    private final byte[] name;
    private final byte[] path;
    private final int depth;
    private final Optional<Entry> entry;
    private final boolean fresh;
    private final Object scope;
    private final long inode;
    private final long device;
    private final AtomicInteger holds = new AtomicInteger(1);

    private TargetDirectory(
            Optional<TargetDirectory> parent,
            byte[] path,
            Optional<Entry> entry,
            boolean fresh,
            Object scope,
            FileStatus status) {
        this.parent = parent;
        this.name = entry.map(Entry::name).orElse(new byte[0]);
        this.path = path;
        this.depth = parent.map(above -> above.depth + 1).orElse(0);
        this.entry = entry;
        this.fresh = fresh;
        this.scope = scope;
        this.inode = status.inode();
        this.device = status.device();
    }

    /// The top of the target.
    ///
    /// @param path what it is in the snapshot
    /// @param entry the metadata it gets; empty to leave them
    /// @param fresh whether nothing is in it, and nothing in it would inherit anything
    /// @param status of the directory itself
    static TargetDirectory top(byte[] path, Optional<Entry> entry, boolean fresh, FileStatus status) {
        return new TargetDirectory(Optional.empty(), path, entry, fresh, new Object(), status);
    }

    /// A directory in this one.
    ///
    /// @param made whether this run made it, so that nothing else is in it
    TargetDirectory child(Entry directory, boolean made, FileStatus status) {
        Object below = directory.mountRoot() ? new Object() : scope;
        return new TargetDirectory(Optional.of(this), pathOf(directory), Optional.of(directory), made, below, status);
    }

    Optional<TargetDirectory> parent() {
        return parent;
    }

    byte[] name() {
        return name;
    }

    /// Its path in the snapshot.
    byte[] path() {
        return path;
    }

    /// The path in the snapshot of an entry in it.
    byte[] pathOf(Entry child) {
        return SnapshotPath.child(path, child.name());
    }

    /// The metadata it gets; empty to leave them.
    Optional<Entry> entry() {
        return entry;
    }

    /// Whether nothing is in it that this run did not put there.
    boolean fresh() {
        return fresh;
    }

    /// Stands for the nearest root of a mount above: inode numbers are comparable where this is the same object.
    Object scope() {
        return scope;
    }

    /// Whether a status is that of this directory.
    boolean is(FileStatus status) {
        return status.isDirectory() && status.inode() == inode && status.device() == device;
    }

    void hold() {
        holds.incrementAndGet();
    }

    /// @return whether nothing holds it any longer
    boolean release() {
        return holds.decrementAndGet() == 0;
    }

    /// The deepest directory that is above both, or is one of them.
    TargetDirectory meeting(TargetDirectory other) {
        TargetDirectory one = this;
        TargetDirectory two = other;
        while (one != two) {
            if (one.depth >= two.depth) {
                one = one.parent.orElseThrow();
            } else {
                two = two.parent.orElseThrow();
            }
        }
        return one;
    }

    /// The directories from below `above` down to this one.
    Deque<TargetDirectory> wayFrom(TargetDirectory above) {
        Deque<TargetDirectory> way = new ArrayDeque<>();
        for (TargetDirectory at = this; at != above; at = at.parent.orElseThrow()) {
            way.push(at);
        }
        return way;
    }
}
