package obnam.engine.deletion;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.TreeReference;
import obnam.engine.format.NoticeObject;
import obnam.engine.format.SealedObject;
import obnam.engine.repository.RepositoryContext;

/// The notices of one backup: they tell prunes which packs are new, and in the end which tree is to become a
/// snapshot.
///
/// Each notice names the packs put since the one before, and those of earlier notices that name fewer,
/// which it replaces: so n packs are named O(log n) times each, in O(log n) notices.
///
/// Nothing is put for a run that stores nothing before its tree is known. Thread-safe.
public final class RunNotices implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private record Put(ObjectName name, List<ObjectName> packs) {}

    private final RepositoryContext repository;
    private final boolean silent;
    private final String run;
    private final Deque<Put> put = new ArrayDeque<>();
    private final List<ObjectName> packs = new ArrayList<>();
    private Optional<RunFile> file = Optional.empty();
    private List<ObjectName> unnamed = new ArrayList<>();
    private Instant last;
    private long number;

    private RunNotices(RepositoryContext repository, boolean silent) {
        this.repository = repository;
        this.silent = silent;
        byte[] id = new byte[NoticeObject.RUN_LENGTH];
        repository.random().nextBytes(id);
        this.run = HexFormat.of().formatHex(id);
        this.last = repository.settings().clock().instant();
    }

    /// The notices of a run that begins.
    public static RunNotices begin(RepositoryContext repository) {
        return new RunNotices(repository, false);
    }

    /// For a run that stores nothing: puts nothing and writes nothing down.
    public static RunNotices none(RepositoryContext repository) {
        return new RunNotices(repository, true);
    }

    /// Writes down a pack that is about to be put.
    public synchronized void storing(ObjectName pack, long size) {
        if (!silent) {
            note(pack, size);
            unnamed.add(pack);
            packs.add(pack);
        }
    }

    private void note(ObjectName name, long size) {
        if (file.isEmpty()) {
            file = Optional.of(RunFile.begin(repository.settings().stateDirectory(), run));
        }
        file.get().note(name, size);
    }

    /// Whether the last notice is so old that what was stored since should be made of use to others. A
    /// clock that was set back counts as one that ran.
    public synchronized boolean due() {
        Instant now = repository.settings().clock().instant();
        return !silent && (now.isBefore(last) || now.isAfter(last.plus(INTERVAL)));
    }

    /// Puts a notice that names the packs put so far. An INDEX that names them was put before.
    public synchronized void checkpoint() {
        if (!silent && !unnamed.isEmpty()) {
            putNotice(Optional.empty());
        }
    }

    /// Puts the notice that makes a tree a provisional root: from now on no prune that begins lets go of it.
    public synchronized void announce(TreeReference tree) {
        if (!silent) {
            putNotice(Optional.of(tree));
            repository.store().barrier();
        }
    }

    private void putNotice(Optional<TreeReference> tree) {
        List<ObjectName> named = new ArrayList<>(unnamed);
        List<ObjectName> replaced = new ArrayList<>();
        while (!put.isEmpty() && put.element().packs().size() <= named.size()) {
            Put smaller = put.remove();
            named.addAll(smaller.packs());
            replaced.add(smaller.name());
        }
        byte[] bytes = new NoticeObject(run, number++, tree, named).encode(repository.frames());
        ObjectName name = SealedObject.name(ObjectKind.NOTICE, bytes, bytes.length);
        note(name, bytes.length);
        repository.store().put(name, ByteBuffer.wrap(bytes));
        put.push(new Put(name, named));
        unnamed = new ArrayList<>();
        last = repository.settings().clock().instant();
        replaced.forEach(repository.store()::delete);
    }

    /// Whether the notice put last is still there.
    public synchronized boolean stands() {
        return silent
                || !put.isEmpty()
                        && repository.store().size(put.element().name()).isPresent();
    }

    /// The packs that this run has put, in that order.
    public synchronized List<ObjectName> packs() {
        return List.copyOf(packs);
    }

    /// Deletes the notices: the run is over, and all of it is in indexes and under a snapshot. Should that
    /// fail, the next run does it.
    public synchronized void end() {
        try {
            while (!put.isEmpty()) {
                repository.store().delete(put.remove().name());
            }
            file.ifPresent(RunFile::remove);
        } catch (StoreException e) {
            System.getLogger(RunNotices.class.getName()).log(System.Logger.Level.DEBUG, "a notice was not deleted", e);
        }
    }

    /// Ends the run on this machine. What was not ended by [#end] is found by the next run.
    @Override
    public synchronized void close() {
        file.ifPresent(RunFile::close);
        file = Optional.empty();
    }
}
