package obnam.engine.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import obnam.api.ChunkId;
import obnam.api.ObnamException;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.Snapshot;
import obnam.engine.browse.PieceCursor;
import obnam.engine.browse.SnapshotPath;
import obnam.engine.browse.TreeWalk;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Checks trees: each node of directories and chunk lists, and that the index has each chunk of data they
/// refer to. What several snapshots share is checked once; memory grows with the number of different
/// directories and long lists.
final class TreeCheck implements TreeWalk.Visitor {

    /// Tells whether a chunk of data can be had, by throwing if it cannot.
    interface ChunkTest {
        void test(ChunkId id, int length);
    }

    private final ChunkReader chunks;
    private final ChunkTest test;
    private final Findings findings;
    private final Progress progress;
    private final Set<ChunkId> seen = new HashSet<>();
    private final Deque<byte[]> paths = new ArrayDeque<>();
    private String snapshotName = "";

    TreeCheck(ChunkReader chunks, Findings findings, Progress progress) {
        this(chunks, (id, length) -> chunks.locate(ChunkRole.DATA, id, length), findings, progress);
    }

    TreeCheck(ChunkReader chunks, ChunkTest test, Findings findings, Progress progress) {
        this.chunks = chunks;
        this.test = test;
        this.findings = findings;
        this.progress = progress;
    }

    /// Checks all that a snapshot refers to.
    void check(Snapshot snapshot) {
        paths.clear();
        paths.push(SnapshotPath.of(List.of()));
        snapshotName = snapshot.name().toString();
        if (seen.add(snapshot.tree().id())) {
            new TreeWalk(chunks, this).walk(snapshot.tree());
        }
    }

    @Override
    public boolean enter(Entry directory, TreeNodes.Owners owners) {
        findings.checkCancelled();
        progress.entries.increment();
        boolean isNew = directory.body() instanceof Entry.Directory below
                && seen.add(below.tree().id());
        if (isNew) {
            paths.push(pathOf(directory));
        }
        return isNew;
    }

    @Override
    public void leave() {
        paths.remove();
    }

    @Override
    public void entry(Entry entry, TreeNodes.Owners owners) {
        progress.entries.increment();
        if (entry.body() instanceof Entry.File file && isNew(file.content())) {
            try {
                check(file);
            } catch (ObnamException e) {
                damaged(pathOf(entry), e);
            }
        }
    }

    private boolean isNew(Entry.Content content) {
        return !(content instanceof Entry.ListReference list) || seen.add(list.id());
    }

    private void check(Entry.File file) {
        PieceCursor pieces = new PieceCursor(chunks, file);
        while (pieces.next()) {
            findings.checkCancelled();
            Entry.Piece piece = pieces.piece();
            piece.chunk().ifPresent(id -> test.test(id, (int) piece.length()));
        }
    }

    @Override
    public void damaged(ObnamException damage) {
        damaged(paths.element(), damage);
    }

    private void damaged(byte[] path, ObnamException damage) {
        if (!TreeWalk.isDamage(damage)) {
            throw damage;
        }
        findings.damaged(path, snapshotName + ": " + damage.getMessage());
    }

    private byte[] pathOf(Entry entry) {
        return SnapshotPath.child(paths.element(), entry.name());
    }
}
