package obnam.engine.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import obnam.api.ObnamException;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.browse.PieceCursor;
import obnam.engine.browse.SnapshotPath;
import obnam.engine.browse.TreeWalk;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.TreeNodes;
import obnam.engine.repository.ChunkReader;

/// Does all of a restore but the writing: reads trees and lists and finds each chunk in the index.
final class DryRun implements TreeWalk.Visitor {

    private final ChunkReader chunks;
    private final Reports reports;
    private final Tally tally;
    private final Progress progress;
    private final Deque<byte[]> paths = new ArrayDeque<>();

    /// @param path where in the snapshot the walk begins
    DryRun(ChunkReader chunks, Reports reports, Tally tally, Progress progress, byte[] path) {
        this.chunks = chunks;
        this.reports = reports;
        this.tally = tally;
        this.progress = progress;
        paths.push(path);
    }

    @Override
    public boolean enter(Entry directory, TreeNodes.Owners owners) {
        reports.checkCancelled();
        progress.entries.increment();
        tally.directories.increment();
        paths.push(SnapshotPath.child(paths.element(), directory.name()));
        return true;
    }

    @Override
    public void leave() {
        paths.remove();
    }

    @Override
    public void entry(Entry entry, TreeNodes.Owners owners) {
        progress.entries.increment();
        byte[] path = SnapshotPath.child(paths.element(), entry.name());
        if (!(entry.body() instanceof Entry.File file) || reports.attempt(path, () -> locate(file))) {
            tally.done(entry);
        }
    }

    private void locate(Entry.File file) {
        PieceCursor pieces = new PieceCursor(chunks, file);
        while (pieces.next()) {
            reports.checkCancelled();
            Entry.Piece piece = pieces.piece();
            piece.chunk().ifPresent(id -> chunks.locate(ChunkRole.DATA, id, (int) piece.length()));
            tally.covered(piece.length());
        }
    }

    @Override
    public void damaged(ObnamException damage) {
        reports.report(paths.element(), damage);
    }
}
