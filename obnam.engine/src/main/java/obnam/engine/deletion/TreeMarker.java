package obnam.engine.deletion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import obnam.api.InterruptedRunException;
import obnam.api.ObnamException;
import obnam.engine.Entry;
import obnam.engine.Progress;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.EntryCursor;
import obnam.engine.format.TreeNodes;
import obnam.engine.index.ChunkMarks;
import obnam.engine.repository.ChunkReader;
import obnam.posix.FileType;

/// Marks all chunks that trees reach, on several threads. A node that is marked already is not read again,
/// so what snapshots share is read once.
///
/// Each thread goes down first, so it holds the references of at most one node for each level on its way. A
/// thread that has much to do gives some of it to those that have nothing.
public final class TreeMarker {

    private static final byte[] NO_NAME = {};

    /// Is told what cannot be marked, from any thread.
    public interface Losses {
        /// A chunk that no index knows, or a node that cannot be read.
        ///
        /// @param root the number of the root, in the order they were given
        /// @param cause what is wrong
        void lost(int root, ObnamException cause);
    }

    private record Node(ChunkRole role, int level, obnam.api.ChunkId id, int length, int root) {}

    private final ChunkReader reader;
    private final ChunkMarks marks;
    private final Losses losses;
    private final Progress progress;
    private final Deque<Node> shared = new ArrayDeque<>();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private int idle;
    private int threads;

    public TreeMarker(ChunkReader reader, ChunkMarks marks, Losses losses, Progress progress) {
        this.reader = reader;
        this.marks = marks;
        this.losses = losses;
        this.progress = progress;
    }

    /// Marks all that the trees reach.
    ///
    /// @param threadCount how many threads work
    /// @throws InterruptedRunException if the run was cancelled
    public void mark(List<TreeReference> roots, int threadCount) {
        for (int i = roots.size() - 1; i >= 0; i--) {
            TreeReference root = roots.get(i);
            reach(new Node(ChunkRole.TREE, root.level(), root.id(), root.length(), i), shared);
        }
        idle = 0;
        threads = threadCount;
        List<Thread> crew = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            crew.add(Thread.ofPlatform().name("mark " + i).start(this::work));
        }
        boolean interrupted = false;
        for (Thread thread : crew) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    progress.cancel();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private void rethrow() {
        switch (failure.get().orElse(null)) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void work() {
        Deque<Node> own = new ArrayDeque<>();
        try {
            Optional<Node> next = take();
            while (next.isPresent()) {
                own.push(next.get());
                while (!own.isEmpty()) {
                    if (progress.cancelled()) {
                        throw new InterruptedRunException("interrupted", "", "Run it again: it goes on from there");
                    }
                    visit(own.pop(), own);
                    share(own);
                }
                next = take();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(Optional.empty(), Optional.of(e));
            synchronized (shared) {
                shared.notifyAll();
            }
        }
    }

    private Optional<Node> take() {
        synchronized (shared) {
            idle++;
            while (shared.isEmpty()) {
                if (idle == threads || failure.get().isPresent()) {
                    shared.notifyAll();
                    return Optional.empty();
                }
                try {
                    shared.wait(100);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedRunException("interrupted", "", "");
                }
            }
            idle--;
            return failure.get().isPresent() ? Optional.empty() : Optional.of(shared.pop());
        }
    }

    /// Gives away the work that is nearest to the root, which is likely the most.
    private void share(Deque<Node> own) {
        synchronized (shared) {
            if (idle > 0 && shared.isEmpty() && own.size() > 1) {
                shared.push(own.removeLast());
                shared.notifyAll();
            }
        }
    }

    private void visit(Node node, Deque<Node> own) {
        try {
            ByteReader in = reader.readNode(node.role(), node.id(), node.length());
            TreeNodes.expectLevel(in, node.level());
            if (node.role() == ChunkRole.LIST) {
                list(node, in, own);
            } else if (node.level() > 0) {
                for (TreeNodes.TreeChild child : TreeNodes.treeChildren(in)) {
                    reach(new Node(ChunkRole.TREE, node.level() - 1, child.id(), child.length(), node.root()), own);
                }
            } else {
                entries(node, in, own);
            }
        } catch (obnam.api.DamageException | obnam.api.MissingObjectException e) {
            losses.lost(node.root(), e);
        }
    }

    private void list(Node node, ByteReader in, Deque<Node> own) {
        if (node.level() == 0) {
            TreeNodes.pieces(in).forEach(piece -> data(piece, node.root()));
            return;
        }
        for (TreeNodes.ListChild child : TreeNodes.listChildren(in)) {
            reach(new Node(ChunkRole.LIST, node.level() - 1, child.id(), child.length(), node.root()), own);
        }
    }

    private void entries(Node node, ByteReader in, Deque<Node> own) {
        var _ = TreeNodes.owners(in);
        EntryCursor entries = new EntryCursor(in, NO_NAME);
        while (entries.next()) {
            progress.entries.increment();
            if (entries.type() == FileType.DIRECTORY) {
                TreeReference tree = entries.tree();
                reach(new Node(ChunkRole.TREE, tree.level(), tree.id(), tree.length(), node.root()), own);
            } else if (entries.type() == FileType.REGULAR) {
                switch (entries.content()) {
                    case Entry.Inline inline -> inline.pieces().forEach(piece -> data(piece, node.root()));
                    case Entry.ListReference list ->
                        reach(new Node(ChunkRole.LIST, list.level(), list.id(), list.length(), node.root()), own);
                }
            }
        }
    }

    private void data(Entry.Piece piece, int root) {
        piece.chunk().ifPresent(id -> {
            if (marks.mark(id) == ChunkMarks.Found.ABSENT) {
                absent(id, root);
            }
        });
    }

    /// Marks a node, and remembers it to be read if it was not marked.
    private void reach(Node node, Deque<Node> waiting) {
        switch (marks.mark(node.id())) {
            case NEW -> waiting.push(node);
            case KNOWN -> {}
            case ABSENT -> absent(node.id(), node.root());
        }
    }

    private void absent(obnam.api.ChunkId id, int root) {
        losses.lost(root, ByteReader.damage("a chunk is in no index", "chunk " + id));
    }
}
