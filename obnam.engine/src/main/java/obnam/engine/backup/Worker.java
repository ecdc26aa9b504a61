package obnam.engine.backup;

import java.nio.ByteBuffer;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.ChunkRole;

/// One of the threads of a backup, all of which do the same: take the next piece of work and do all of it, from
/// reading to sealing, so that nothing waits in queues between them.
final class Worker implements NodeSink, AutoCloseable {

    private static final byte[] NOTHING = {};

    private final BackupContext context;
    private final BlockFiller data;
    private final BlockFiller nodes;
    private final TreeWriter trees;
    private final FileReading files;
    private Optional<TreeReference> root = Optional.empty();

    Worker(BackupContext context, BlockFiller data, BlockFiller nodes) {
        this.context = context;
        this.data = data;
        this.nodes = nodes;
        this.trees = new TreeWriter(this, context.repository().treeCutKey());
        this.files = new FileReading(context, this);
    }

    /// Works until nothing is left to do.
    void run() {
        WorkQueue queue = context.queue();
        Optional<WorkQueue.Work> next = queue.next();
        while (next.isPresent()) {
            switch (next.get()) {
                case WorkQueue.Scan(DirectoryNode directory) -> scan(directory);
                case WorkQueue.Read(var batch) -> files.read(batch);
                case WorkQueue.ReadSegment(LargeFile file, int segment) -> files.readSegment(file, segment);
            }
            queue.done(next.get());
            if (queue.scanned()) {
                context.progress().foundAll();
            }
            next = queue.next();
        }
    }

    private void scan(DirectoryNode directory) {
        DirectoryScan.scan(context, directory);
        finished(directory);
    }

    /// Says that an entry of a directory, or its scan, is finished; finishes the directory with the last one, and
    /// the directories above it that this finishes.
    void finished(DirectoryNode directory) {
        DirectoryNode node = directory;
        while (node.finish()) {
            TreeReference tree = tree(node);
            context.queue().released(node.slots());
            node.release();
            if (node.parent().isEmpty()) {
                root = Optional.of(tree);
                return;
            }
            enter(node, tree);
            node = node.parent().get();
        }
    }

    private TreeReference tree(DirectoryNode node) {
        if (!node.changed() && node.before().isPresent() && !context.known().mayLack()) {
            return node.before().get().tree();
        }
        return trees.write(node, node.owners().named(context.users()));
    }

    /// Fills the slot of a finished directory in the directory above.
    private void enter(DirectoryNode node, TreeReference tree) {
        DirectoryNode above = node.parent().orElseThrow();
        Entry own = node.own().orElseThrow();
        if (node.before().isPresent()) {
            DirectoryNode.Before before = node.before().get();
            if (node.asBefore() && before.tree().equals(tree)) {
                above.fill(node.slotInParent(), before.encoded(), 0, before.encoded().length);
                return;
            }
        }
        Entry entry = EntryFactory.withTree(own, tree, node.incomplete());
        above.fillChanged(node.slotInParent(), EntryFactory.encode(entry, node.path(), context.progress()));
    }

    /// The tree of `/`, if this worker finished it.
    Optional<TreeReference> root() {
        return root;
    }

    /// Stores a piece of a file if it is new.
    ChunkId data(byte[] bytes, int offset, int length) {
        ChunkId id = context.repository().hashers().data().hash(bytes, offset, length);
        if (context.known().take(id)) {
            count(length);
            data.add(ChunkRole.DATA, id, bytes, offset, length, bytes, 0, 0);
        }
        return id;
    }

    /// Stores a piece of a file that stands in two places if it is new.
    ChunkId data(byte[] first, int firstLength, byte[] second, int secondOffset, int secondLength) {
        ChunkId id = context.repository()
                .hashers()
                .data()
                .hash(ByteBuffer.wrap(first, 0, firstLength), ByteBuffer.wrap(second, secondOffset, secondLength));
        if (context.known().take(id)) {
            count(firstLength + secondLength);
            data.add(ChunkRole.DATA, id, first, 0, firstLength, second, secondOffset, secondLength);
        }
        return id;
    }

    private void count(int length) {
        context.totals().newChunks.increment();
        context.totals().newBytes.add(length);
    }

    @Override
    public ChunkId tree(ByteWriter node) {
        return node(ChunkRole.TREE, node);
    }

    @Override
    public ChunkId list(ByteWriter node) {
        return node(ChunkRole.LIST, node);
    }

    private ChunkId node(ChunkRole role, ByteWriter node) {
        ChunkId id = context.repository().hashers().of(role).hash(node.buffer(), 0, node.length());
        if (context.known().take(id)) {
            nodes.add(role, id, node.buffer(), 0, node.length(), NOTHING, 0, 0);
        }
        return id;
    }

    /// Moves what is not yet in a block to another worker.
    void drainTo(Worker other) {
        data.drainTo(other.data);
        nodes.drainTo(other.nodes);
    }

    /// Seals what is not yet in a block.
    void flush() {
        data.flush();
        nodes.flush();
    }

    @Override
    public void close() {
        data.close();
        nodes.close();
    }
}
