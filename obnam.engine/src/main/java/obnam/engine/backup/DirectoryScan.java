package obnam.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.engine.Entry;
import obnam.engine.format.EntryCursor;
import obnam.engine.tree.TreeCursor;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileType;
import obnam.posix.PosixException;

/// Scans one directory: a merge of its listing with the parent snapshot's entries, both in the order of names. What
/// did not
/// change is taken over as it is encoded there; what did is handed on.
final class DirectoryScan {

    private final BackupContext context;
    private final DirectoryNode node;
    private final Optional<Directory> directory;
    private final List<DirectoryNode> directories = new ArrayList<>();
    private final List<FileTask> files = new ArrayList<>();
    private Optional<TreeCursor> before = Optional.empty();
    private boolean beforeHasEntry;
    private boolean beforeHadOthers;
    private boolean tagged;
    private long filesUnchanged;
    private long bytesUnchanged;
    private long bytesToRead;
    private long others;

    /// @param directory empty if it may be passed through, but not opened
    private DirectoryScan(BackupContext context, DirectoryNode node, Optional<Directory> directory) {
        this.context = context;
        this.node = node;
        this.directory = directory;
    }

    /// Scans a directory and queues what it leads to. The caller says [DirectoryNode#finish] afterwards.
    static void scan(BackupContext context, DirectoryNode node) {
        try (Directory directory = node.open(context.files())) {
            new DirectoryScan(context, node, Optional.of(directory)).run();
        } catch (PosixException e) {
            scanUnopened(context, node, e);
        } catch (DirectoryNode.ReplacedException e) {
            context.progress().problem(node.path(), String.valueOf(e.getMessage()));
            node.markIncomplete();
        }
        if (node.own().isEmpty()) {
            Entry.Body noTree =
                    new Entry.Directory(new obnam.engine.TreeReference(0, new obnam.api.ChunkId(0, 0, 0, 0), 0));
            node.own(context.entries().entry(node.name(), node.status(), noTree, List.of(), 0, true));
        }
    }

    /// A directory on the way to a root may be closed to this user, as a home's parent often is, and yet lead
    /// there.
    private static void scanUnopened(BackupContext context, DirectoryNode node, PosixException refusal) {
        if (refusal.isPermission() && !node.roots().within()) {
            new DirectoryScan(context, node, Optional.empty()).run();
        } else {
            context.progress().problem(node.path(), refusal.reason());
            node.markIncomplete();
        }
    }

    private void run() {
        ownEntry();
        List<byte[]> names = List.copyOf(names());
        node.expect(names.size());
        node.before().ifPresent(known -> openBefore(known));
        for (int slot = 0; slot < names.size(); slot++) {
            byte[] name = names.get(slot);
            boolean known = advanceTo(name);
            entry(slot, name, known);
            if (known) {
                advance();
            }
        }
        count(names.size());
        if (beforeHasEntry) {
            beforeHadOthers = true;
            node.markChanged();
        }
        hiddenByTag();
        context.queue().found(directories, files, names.size());
    }

    /// Adds up what this directory has, once: adding for each entry makes the threads wait for each other.
    private void count(int entries) {
        context.progress().entries.add(entries);
        context.totals().directories.add(directories.size());
        context.totals().others.add(others);
        context.totals().files.add(filesUnchanged + files.size());
        context.totals().bytes.add(bytesUnchanged);
        context.progress().files.add(filesUnchanged);
        context.progress().bytes.add(bytesUnchanged);
        context.progress().filesFound.add(filesUnchanged + files.size());
        context.progress().bytesFound.add(bytesUnchanged + bytesToRead);
    }

    /// The attributes of a directory that did not change are those of the parent snapshot.
    private void ownEntry() {
        Entry known = node.before().map(DirectoryNode.Before::entry).orElse(null);
        if (known != null && !known.incomplete() && sameMetadata(known, node.status())) {
            node.ownAsBefore(known);
            return;
        }
        byte[] self = {};
        Entry.Body noTree =
                new Entry.Directory(new obnam.engine.TreeReference(0, new obnam.api.ChunkId(0, 0, 0, 0), 0));
        node.own(context.entries()
                .entry(
                        node.name(),
                        node.status(),
                        noTree,
                        directory.map(open -> open.extendedAttributes(self)).orElse(List.of()),
                        directory.map(open -> open.fileFlags(self)).orElse(0),
                        false));
    }

    private static boolean sameMetadata(Entry known, FileStatus status) {
        return known.modified().equals(status.modified())
                && known.changed().equals(status.changed())
                && known.inode() == status.inode()
                && known.uid() == status.uid()
                && known.gid() == status.gid()
                && known.mode() == status.mode()
                && known.mountRoot() == status.mountRoot();
    }

    /// The names to visit: all; or on the way to a root only those that lead to it; or of a cache only its tag, and
    /// what leads to a root in it. What leads to a root is among them even if it is not there, so that it is
    /// missed.
    private Collection<byte[]> names() {
        if (!node.roots().within()) {
            return node.roots().namesToRoots();
        }
        DirectoryListing listing = directory.orElseThrow().list();
        List<byte[]> names = new ArrayList<>(listing.size());
        for (int i = 0; i < listing.size(); i++) {
            byte[] name = listing.name(i);
            names.add(name);
            tagged |= Arrays.equals(name, CacheTag.NAME);
        }
        tagged = tagged && context.request().excludeCaches() && CacheTag.marks(directory.orElseThrow());
        Collection<byte[]> toRoots = node.roots().namesToRoots();
        if (toRoots.isEmpty()) {
            return tagged ? List.of(CacheTag.NAME) : names;
        }
        Set<byte[]> all = new TreeSet<>(Arrays::compareUnsigned);
        all.addAll(tagged ? List.of(CacheTag.NAME) : names);
        all.addAll(toRoots);
        return all;
    }

    private void hiddenByTag() {
        if (tagged && beforeHadOthers) {
            context.newlyHidden().add(node.path());
        }
    }

    private void openBefore(DirectoryNode.Before known) {
        try {
            TreeCursor cursor = new TreeCursor(context.reader(), known.tree());
            before = Optional.of(cursor);
            beforeHasEntry = cursor.next();
        } catch (DamageException | MissingObjectException e) {
            damagedBefore(e);
        }
    }

    /// A damaged parent snapshot costs time, not data: what it should have told is read from the live data.
    private void damagedBefore(RuntimeException e) {
        if (!context.mending()) {
            context.progress().problem(node.path(), "the snapshot before is damaged here: " + e.getMessage());
        }
        before = Optional.empty();
        beforeHasEntry = false;
        node.markChanged();
    }

    private void advance() {
        try {
            beforeHasEntry = before.isPresent() && before.get().next();
        } catch (DamageException | MissingObjectException e) {
            damagedBefore(e);
        }
    }

    private boolean advanceTo(byte[] name) {
        while (beforeHasEntry) {
            int order = Arrays.compareUnsigned(before.get().entry().name(), name);
            if (order >= 0) {
                return order == 0;
            }
            beforeHadOthers = true;
            node.markChanged();
            advance();
        }
        return false;
    }

    private void entry(int slot, byte[] name, boolean known) {
        FileStatus status;
        try {
            Optional<FileStatus> present = status(name);
            if (present.isEmpty()) {
                vanished(name);
                return;
            }
            status = present.get();
        } catch (PosixException e) {
            context.progress().problem(node.pathOf(name), e.reason());
            node.markChanged();
            return;
        }
        boolean elsewhere = isElsewhere(status);
        boolean leftOut = elsewhere || isHidden(name, status);
        boolean kept = !leftOut || node.roots().named(name) || elsewhere && isBareMountPoint(name, status);
        if (!kept || isWrongWay(name, status)) {
            if (known) {
                node.markChanged();
            }
            return;
        }
        node.owners().add(status.uid(), status.gid());
        switch (status.type()) {
            case DIRECTORY -> {
                RootPaths roots =
                        leftOut ? node.roots().wayIn(name) : node.roots().in(name);
                directory(slot, name, status, known, roots);
            }
            case REGULAR -> file(slot, name, status, known);
            default -> other(slot, name, status, known);
        }
    }

    private Optional<FileStatus> status(byte[] name) {
        if (directory.isPresent()) {
            return directory.get().statusIfPresent(name);
        }
        try {
            return Optional.of(context.files().status(node.pathOf(name)));
        } catch (PosixException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// What is gone since the listing is no problem, unless the user named it.
    private void vanished(byte[] name) {
        if (node.roots().named(name)) {
            context.progress().problem(node.pathOf(name), "no such file or directory");
        }
        node.markChanged();
    }

    /// Reports the roots that something hides which is no directory: a symbolic link on the way to a root is not
    /// followed.
    ///
    /// @return whether there is nothing else to it
    private boolean isWrongWay(byte[] name, FileStatus status) {
        if (status.isDirectory() || !node.roots().named(name)) {
            return false;
        }
        byte[] path = node.pathOf(name);
        List<byte[]> lost = node.roots().rootsBehind(name, path);
        String reason = "not reached: " + FileNames.display(path) + " is no directory";
        lost.forEach(root -> context.progress().problem(root, reason));
        return !lost.isEmpty() && !node.roots().in(name).within();
    }

    /// Whether the request leaves out what is on the entry's file system.
    private boolean isElsewhere(FileStatus status) {
        return context.request().oneFileSystem()
                && status.device() != node.status().device();
    }

    /// Whether a cache tag or a pattern leaves an entry out.
    private boolean isHidden(byte[] name, FileStatus status) {
        boolean cached = tagged && !Arrays.equals(name, CacheTag.NAME);
        return cached
                || !context.request().exclusions().isEmpty()
                        && context.request().exclusions().excludes(node.pathOf(name), status.isDirectory());
    }

    /// Whether an entry is a directory that is left out only for its file system. It is kept, without its content,
    /// as a restored system needs it to mount that file system again.
    private boolean isBareMountPoint(byte[] name, FileStatus status) {
        return status.isDirectory() && !isHidden(name, status);
    }

    private void directory(int slot, byte[] name, FileStatus status, boolean known, RootPaths roots) {
        Optional<DirectoryNode.Before> childBefore = Optional.empty();
        if (known && before.get().entry().type() == FileType.DIRECTORY) {
            childBefore = directoryBefore();
        }
        node.begin();
        directories.add(new DirectoryNode(Optional.of(node), slot, name, status, childBefore, roots));
    }

    private Optional<DirectoryNode.Before> directoryBefore() {
        EntryCursor cursor = before.get().entry();
        byte[] encoded = Arrays.copyOfRange(cursor.array(), cursor.start(), cursor.start() + cursor.length());
        try {
            return Optional.of(new DirectoryNode.Before(cursor.entry(), encoded));
        } catch (DamageException e) {
            context.progress().problem(node.path(), "the snapshot before is damaged here: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void file(int slot, byte[] name, FileStatus status, boolean known) {
        boolean read = !known
                || context.request().readAll()
                || !unchanged(before.get().entry(), status)
                || context.doubt().cover(status.changed())
                || context.known().mayLack() && !isStored(before.get().entry());
        if (!read) {
            takeOver(slot);
            filesUnchanged++;
            bytesUnchanged += status.size();
            return;
        }
        bytesToRead += status.size();
        node.begin();
        files.add(new FileTask(node, slot, name, status));
    }

    private void other(int slot, byte[] name, FileStatus status, boolean known) {
        others++;
        if (known && unchanged(before.get().entry(), status)) {
            takeOver(slot);
            return;
        }
        if (directory.isEmpty()) {
            context.progress().problem(node.pathOf(name), "the directory it is in cannot be opened");
            node.markChanged();
            return;
        }
        try {
            Directory open = directory.get();
            Entry.Body body = switch (status.type()) {
                case SYMLINK -> new Entry.Symlink(open.readLink(name));
                case BLOCK_DEVICE, CHARACTER_DEVICE -> new Entry.Device(status.deviceMajor(), status.deviceMinor());
                default -> new Entry.Nothing();
            };
            Entry entry = context.entries().entry(name, status, body, open.extendedAttributes(name), 0, false);
            node.fillChanged(slot, EntryFactory.encode(entry, node.pathOf(name), context.progress()));
        } catch (PosixException e) {
            context.progress().problem(node.pathOf(name), e.reason());
            node.markChanged();
        }
    }

    private boolean isStored(EntryCursor known) {
        return known.type() == FileType.REGULAR
                && new StoredContent(context.known(), context.reader()).has(known.content());
    }

    private void takeOver(int slot) {
        EntryCursor cursor = before.get().entry();
        node.fill(slot, cursor.array(), cursor.start(), cursor.length());
    }

    private static boolean unchanged(EntryCursor known, FileStatus status) {
        return known.type() == status.type()
                && (known.size() == status.size() || status.type() != FileType.REGULAR)
                && known.inode() == status.inode()
                && known.modified().equals(status.modified())
                && known.changed().equals(status.changed())
                && known.uid() == status.uid()
                && known.gid() == status.gid()
                && !known.incomplete();
    }
}
