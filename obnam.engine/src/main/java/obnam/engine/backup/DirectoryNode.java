package obnam.engine.backup;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.engine.Entry;
import obnam.engine.TreeReference;
import obnam.posix.Directory;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;

/// A directory on its way into the snapshot: its entries fill their slots as they are finished, in any order and by
/// any thread; who fills the last one finishes the directory.
///
/// No descriptor is held between visits: [#open] goes by the path and then makes sure that it arrived at the same
/// directory, so whoever swaps a directory for a link meanwhile leads nowhere.
final class DirectoryNode {

    private static final int PATH_LIMIT = 4000;

    /// What the parent snapshot has of this directory.
    ///
    /// @param entry its entry, with the tree to compare with
    /// @param encoded the entry as it is encoded there
    record Before(Entry entry, byte[] encoded) {

        TreeReference tree() {
            return entry.body() instanceof Entry.Directory directory
                    ? directory.tree()
                    : new TreeReference(0, new obnam.api.ChunkId(0, 0, 0, 0), 0);
        }
    }

    private final Optional<DirectoryNode> parent;
    private final int slotInParent;
    private final byte[] name;
    private final FileStatus status;
    private final Optional<Before> before;
    private final RootPaths roots;
    private final AtomicInteger unfinished = new AtomicInteger(1);

    private Optional<Entry> own = Optional.empty();
    private byte[][] sources = {};
    private int[] offsets = {};
    private int[] lengths = {};
    private final OwnerIds owners = new OwnerIds();
    private boolean ownAsBefore;
    private volatile boolean changed;
    private volatile boolean incomplete;

    /// @param parent the directory it is in; empty for `/`
    /// @param slotInParent where its entry goes
    /// @param name its name there
    /// @param status as the scan of the parent found it
    /// @param before what the parent snapshot has of it
    /// @param roots the backup's roots at and below it
    DirectoryNode(
            Optional<DirectoryNode> parent,
            int slotInParent,
            byte[] name,
            FileStatus status,
            Optional<Before> before,
            RootPaths roots) {
        this.parent = parent;
        this.slotInParent = slotInParent;
        this.name = name;
        this.status = status;
        this.before = before;
        this.roots = roots;
    }

    Optional<DirectoryNode> parent() {
        return parent;
    }

    int slotInParent() {
        return slotInParent;
    }

    byte[] name() {
        return name;
    }

    FileStatus status() {
        return status;
    }

    Optional<Before> before() {
        return before;
    }

    RootPaths roots() {
        return roots;
    }

    OwnerIds owners() {
        return owners;
    }

    /// Its own entry, with a tree that is not valid; set by the scan.
    Optional<Entry> own() {
        return own;
    }

    void own(Entry entry) {
        own = Optional.of(entry);
    }

    /// Its own entry is that of the parent snapshot, but perhaps for the tree.
    void ownAsBefore(Entry entry) {
        own(entry);
        ownAsBefore = true;
    }

    /// Whether all of it, but perhaps the tree, is as in the parent snapshot.
    boolean asBefore() {
        return ownAsBefore && !incomplete;
    }

    /// Makes slots for `count` entries. All are empty, and an empty slot gives no entry.
    void expect(int count) {
        sources = new byte[count][];
        offsets = new int[count];
        lengths = new int[count];
    }

    /// Says that one more entry is under way.
    void begin() {
        unfinished.incrementAndGet();
    }

    /// Says that one entry that was under way, or the scan itself, is finished.
    ///
    /// @return whether nothing is under way any more: the caller finishes the directory
    boolean finish() {
        return unfinished.decrementAndGet() == 0;
    }

    /// Fills a slot with an entry that is encoded in `source`.
    void fill(int slot, byte[] source, int offset, int length) {
        offsets[slot] = offset;
        lengths[slot] = length;
        sources[slot] = source;
    }

    /// Fills a slot with an entry that differs from the parent snapshot's.
    void fillChanged(int slot, byte[] encoded) {
        changed = true;
        fill(slot, encoded, 0, encoded.length);
    }

    /// Says that the directory differs from the parent snapshot's.
    void markChanged() {
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    /// Says that the directory could not be read whole.
    void markIncomplete() {
        incomplete = true;
        changed = true;
    }

    boolean incomplete() {
        return incomplete;
    }

    int slots() {
        return sources.length;
    }

    /// Whether there is an entry in a slot.
    boolean filled(int slot) {
        return sources[slot] != null;
    }

    /// The array that holds the entry of a slot that is filled.
    byte[] source(int slot) {
        return sources[slot];
    }

    int offset(int slot) {
        return offsets[slot];
    }

    int length(int slot) {
        return lengths[slot];
    }

    /// Lets go of the entries.
    void release() {
        expect(0);
    }

    /// The absolute path.
    byte[] path() {
        return parent.isEmpty() ? new byte[] {'/'} : parent.get().pathOf(name);
    }

    /// The absolute path of an entry.
    byte[] pathOf(byte[] entryName) {
        int length = entryName.length;
        for (DirectoryNode node = this; node.parent.isPresent(); node = node.parent.get()) {
            length += node.name.length + 1;
        }
        byte[] path = new byte[length + 1];
        int at = path.length - entryName.length;
        System.arraycopy(entryName, 0, path, at, entryName.length);
        path[--at] = '/';
        for (DirectoryNode node = this; node.parent.isPresent(); node = node.parent.get()) {
            at -= node.name.length;
            System.arraycopy(node.name, 0, path, at, node.name.length);
            path[--at] = '/';
        }
        return path;
    }

    /// Opens the directory.
    ///
    /// @throws obnam.posix.PosixException if that fails
    /// @throws ReplacedException if another directory is at its path now
    Directory open(FileSystem files) {
        Directory directory = openPath(files, path());
        if (!directory.status().isSameFile(status)) {
            directory.close();
            throw new ReplacedException();
        }
        return directory;
    }

    /// The system takes no path of 4,096 bytes or more, so a longer one is walked in steps.
    private static Directory openPath(FileSystem files, byte[] path) {
        if (path.length < PATH_LIMIT) {
            return files.open(path);
        }
        int cut = PATH_LIMIT;
        while (path[cut - 1] != '/') {
            cut--;
        }
        Directory directory = files.open(Arrays.copyOf(path, Math.max(1, cut - 1)));
        int start = cut;
        for (int end = cut; end <= path.length; end++) {
            if (end == path.length || path[end] == '/') {
                try (Directory above = directory) {
                    directory = above.openDirectory(Arrays.copyOfRange(path, start, end));
                }
                start = end + 1;
            }
        }
        return directory;
    }

    /// Another file or directory has taken the place of the one that was scanned.
    static final class ReplacedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReplacedException() {
            super("it was replaced while the backup ran", null, false, false);
        }
    }
}
