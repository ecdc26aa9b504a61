package obnam.store.local;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import obnam.api.ChunkStore;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.posix.PosixException;
import obnam.store.local.DurableFiles.Entry;
import obnam.store.local.IdleFiles.OpenFile;

/// Writes objects to temporary files and links them to their names, which never replaces what is there.
/// Thread-safe.
final class Publishing {

    private static final int COPY_LENGTH = 256 << 10;

    private final DurableFiles files;
    private final UnsyncedFolders folders;
    private final TemporaryFiles temporary;
    private final Function<ObjectName, OpenFile> opener;
    private final Function<ObjectName, String> subject;

    /// @param opener opens an object for reading
    /// @param subject how to name an object in messages
    Publishing(
            DurableFiles files,
            UnsyncedFolders folders,
            TemporaryFiles temporary,
            Function<ObjectName, OpenFile> opener,
            Function<ObjectName, String> subject) {
        this.files = files;
        this.folders = folders;
        this.temporary = temporary;
        this.opener = opener;
        this.subject = subject;
    }

    /// Whether the very object is there; another one is refused.
    ///
    /// @param content compared if the object is CONFIG
    private boolean isThere(ObjectName name, long length, ByteBuffer content) {
        Optional<Entry> entry = files.entry(Layout.folder(name), Layout.file(name));
        if (entry.isEmpty()) {
            return false;
        }
        if (!entry.get().regular() || entry.get().size() != length || !isSame(name, content)) {
            throw new ObjectExistsException(
                    "another object stands under this name",
                    subject.apply(name),
                    name.kind() == ObjectKind.CONFIG
                            ? "There is another repository already"
                            : "Run a check of the repository");
        }
        // It may be another process's, which has not made it durable yet; after our next barrier it must be.
        folders.makeUsable(Layout.folder(name));
        folders.changed(Layout.folder(name));
        return true;
    }

    private boolean isSame(ObjectName name, ByteBuffer content) {
        return name.kind() != ObjectKind.CONFIG || ByteBuffer.wrap(whole(name)).equals(content);
    }

    /// Puts an object.
    ///
    /// @return false if it was there already
    boolean put(ObjectName name, ByteBuffer content) {
        if (isThere(name, content.remaining(), content)) {
            return false;
        }
        publish(name, content);
        return true;
    }

    private void publish(ObjectName name, ByteBuffer content) {
        folders.makeUsable(Layout.TEMPORARY);
        folders.makeUsable(Layout.folder(name));
        String draft = temporary.newName();
        try {
            write(draft, content);
            link(draft, name, content.remaining(), content);
        } finally {
            temporary.removeQuietly(draft);
        }
    }

    /// Makes an object of pieces of others.
    ObjectName compose(ObjectKind kind, List<ChunkStore.Part> parts) {
        folders.makeUsable(Layout.TEMPORARY);
        String draft = temporary.newName();
        try {
            return compose(kind, parts, draft);
        } finally {
            temporary.removeQuietly(draft);
        }
    }

    private ObjectName compose(ObjectKind kind, List<ChunkStore.Part> parts, String draft) {
        Composition composition;
        try (DurableFiles.Draft file = files.create(Layout.TEMPORARY, draft)) {
            composition = new Composition(file, source -> opener.apply(source).file());
            composition.write(parts);
            file.sync();
        }
        ObjectName name = composition.name(kind);
        ByteBuffer nothing = ByteBuffer.allocate(0);
        if (!isThere(name, composition.length(), nothing)) {
            folders.makeUsable(Layout.folder(name));
            link(draft, name, composition.length(), nothing);
        }
        return name;
    }

    private byte[] whole(ObjectName name) {
        try (DurableFiles.Reader file = opener.apply(name).file()) {
            byte[] content = new byte[Math.toIntExact(file.entry().size())];
            int done = 0;
            int count = 0;
            while (done < content.length && count >= 0) {
                count = file.read(done, content, done, content.length - done);
                done += Math.max(0, count);
            }
            return content;
        }
    }

    private void write(String name, ByteBuffer content) {
        try (DurableFiles.Draft draft = files.create(Layout.TEMPORARY, name)) {
            if (content.hasArray()) {
                draft.write(0, content.array(), content.arrayOffset() + content.position(), content.remaining());
            } else {
                copy(content, draft);
            }
            draft.sync();
        }
    }

    private static void copy(ByteBuffer content, DurableFiles.Draft draft) {
        byte[] part = new byte[Math.min(COPY_LENGTH, content.remaining())];
        for (int done = 0; done < content.remaining(); done += part.length) {
            int length = Math.min(part.length, content.remaining() - done);
            content.get(content.position() + done, part, 0, length);
            draft.write(done, part, 0, length);
        }
    }

    private void link(String draft, ObjectName name, long length, ByteBuffer content) {
        String folder = Layout.folder(name);
        try {
            files.link(Layout.TEMPORARY, draft, folder, Layout.file(name));
        } catch (PosixException e) {
            if (e.isExists() && isThere(name, length, content)) {
                return;
            }
            throw notLinked(e, draft, name);
        }
        folders.changed(folder);
    }

    private RuntimeException notLinked(PosixException e, String draft, ObjectName name) {
        if (Failures.isMissing(e)) {
            temporary.renew(draft);
            folders.lookAgain();
            return StoreException.passing(
                    "a temporary file or a folder of the repository was removed",
                    subject.apply(name),
                    "Run this again",
                    e);
        }
        boolean noLinks =
                e.isNotSupported() || e.isPermission() || e.errorName().equals("EXDEV");
        return noLinks
                ? StoreException.lasting(
                        "cannot link an object to its name (" + e.reason() + ")",
                        subject.apply(name),
                        "A repository needs a file system that has hard links, such as ext4, XFS or Btrfs, and all of"
                                + " it must be on one",
                        e)
                : e;
    }
}
