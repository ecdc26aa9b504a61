package obnam.store.local;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.StoreTraits;
import obnam.posix.PosixException;
import obnam.store.local.DurableFiles.Entry;
import obnam.store.local.IdleFiles.OpenFile;

/// A store in a directory, laid out as [Layout] says.
///
/// **Publishing.** An object is written to a temporary file, which is made durable and closed, and then linked to
/// its name: unlike a rename, a link never replaces what is there. So an object is whole from its first moment,
/// also after a crash. The folders' entries are made durable by [#barrier], each once for however many objects.
///
/// **Cost.** A put takes one `fdatasync`, a barrier one `fsync` for each folder changed since the last one.
final class LocalStore implements ChunkStore {

    private static final StoreTraits TRAITS = new StoreTraits(Long.MAX_VALUE, true, Duration.ZERO, true, true);
    private static final int IDLE_FILES = 32;
    private static final int PACKS_A_LOOK = 16;

    private final DurableFiles files;
    private final String location;
    private final UnsyncedFolders folders;
    private final TemporaryFiles temporary;
    private final Publishing publishing;
    private final Reserve reserve;
    private final AtomicInteger packs = new AtomicInteger();
    private final IdleFiles idle = new IdleFiles(IDLE_FILES);
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param files closed with this store
    /// @param location for messages
    LocalStore(DurableFiles files, String location) {
        this.files = files;
        this.location = location;
        this.folders = new UnsyncedFolders(files, location);
        this.temporary = new TemporaryFiles(files);
        this.reserve = new Reserve(files, folders, temporary);
        this.publishing = new Publishing(files, folders, temporary, this::open, this::subject);
    }

    /// Makes the folders of a store, durably.
    void create() {
        run("cannot make a repository", location, () -> {
            Layout.folders().forEach(folders::makeUsable);
            folders.sync();
        });
    }

    /// Whether the directory holds a store.
    boolean exists() {
        return Layout.isStore(
                entries(Layout.TOP, Layout::isOurs).stream().map(Entry::name).collect(Collectors.toSet()));
    }

    /// Removes what writers that died have left.
    void clean() {
        temporary.clean();
    }

    @Override
    public StoreTraits traits() {
        return TRAITS;
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        run("cannot store an object", subject(name), () -> {
            boolean isNew = publishing.put(name, content);
            if (isNew && name.kind() == ObjectKind.PACK && packs.incrementAndGet() % PACKS_A_LOOK == 0) {
                reserve.keep();
            }
        });
    }

    @Override
    public ObjectName compose(ObjectKind kind, List<Part> parts) {
        return answer("cannot store an object", location, () -> publishing.compose(kind, parts));
    }

    @Override
    public void releaseReserve() {
        run("cannot give up the reserve", location, reserve::release);
    }

    @Override
    public void keepReserve() {
        reserve.keep();
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        return answer("cannot read an object", subject(name), () -> {
            try (DurableFiles.Reader file = open(name).file()) {
                if (file.entry().size() > limit) {
                    throw new DamageException(
                            "an object is longer than it can be", subject(name), "Run a check of the repository");
                }
                byte[] content = new byte[Math.toIntExact(file.entry().size())];
                read(name, file, 0, content.length, content, 0);
                return content;
            }
        });
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        if (offset < 0) {
            throw new IndexOutOfBoundsException(offset);
        }
        run("cannot read an object", subject(name), () -> {
            IdleFiles.Taken taken = idle.take(name, () -> open(name));
            boolean good = false;
            try {
                read(name, taken.open().file(), offset, length, target, targetOffset);
                good = true;
            } finally {
                if (good) {
                    idle.giveBack(taken);
                } else {
                    taken.open().file().close();
                }
            }
        });
    }

    private OpenFile open(ObjectName name) {
        DurableFiles.Reader file = openFile(name);
        if (!file.entry().regular()) {
            file.close();
            throw notAFile(name);
        }
        return new OpenFile(name, file);
    }

    private DurableFiles.Reader openFile(ObjectName name) {
        try {
            return files.open(Layout.folder(name), Layout.file(name));
        } catch (PosixException e) {
            if (Failures.isMissing(e)) {
                throw new MissingObjectException(
                        "an object is missing", subject(name), "Run a check of the repository", e);
            }
            throw e;
        }
    }

    private void read(
            ObjectName name, DurableFiles.Reader file, long offset, int length, byte[] target, int targetOffset) {
        if (offset > file.entry().size() - length) {
            throw tooShort(name);
        }
        int done = 0;
        while (done < length) {
            int count = file.read(offset + done, target, targetOffset + done, length - done);
            if (count < 0) {
                throw tooShort(name); // somebody cut it
            }
            done += count;
        }
    }

    private DamageException tooShort(ObjectName name) {
        return new DamageException("an object is too short", subject(name), "Run a check of the repository");
    }

    private StoreException notAFile(ObjectName name) {
        return StoreException.lasting(
                "not a regular file", subject(name), "Move away what stands there: it is not the repository's");
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        String folder = Layout.folder(kind);
        switch (kind) {
            case CONFIG ->
                size(ObjectName.CONFIG).ifPresent(size -> visitor.accept(new ObjectInfo(ObjectName.CONFIG, size)));
            case PACK -> {
                for (Entry entry : entries(folder, Layout::isPackFolder)) {
                    list(kind, folder + "/" + entry.name(), entry.name(), visitor);
                }
            }
            case INDEX, KEY, NOTICE, SNAPSHOT -> {
                list(kind, folder, "", visitor);
                // What is built on objects of others must not outlive them: our next barrier makes them durable too.
                run("cannot list a folder of the repository", location + "/" + folder, () -> changedByOthers(folder));
            }
        }
    }

    private void list(ObjectKind kind, String folder, String prefix, Consumer<ObjectInfo> visitor) {
        for (Entry entry : entries(folder, file -> file.startsWith(prefix) && ObjectName.isHex(file))) {
            if (entry.regular()) {
                visitor.accept(new ObjectInfo(new ObjectName(kind, entry.name()), entry.size()));
            }
        }
    }

    /// The entries of one folder, which are held at once; none if there is no such folder.
    private List<Entry> entries(String folder, Predicate<String> wanted) {
        return answer("cannot list a folder of the repository", location + "/" + folder, () -> {
            try {
                return files.list(folder, wanted);
            } catch (PosixException e) {
                if (Failures.isMissing(e)) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return answer("cannot ask for the size of an object", subject(name), () -> {
            Optional<Entry> entry = files.entry(Layout.folder(name), Layout.file(name));
            if (entry.isPresent() && !entry.get().regular()) {
                throw notAFile(name);
            }
            return entry.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(entry.get().size());
        });
    }

    @Override
    public void delete(ObjectName name) {
        run("cannot delete an object", subject(name), () -> {
            idle.forget(name);
            String folder = Layout.folder(name);
            try {
                files.remove(folder, Layout.file(name));
            } catch (PosixException e) {
                if (!Failures.isMissing(e)) {
                    throw e;
                }
                changedByOthers(folder);
                return;
            }
            folders.changed(folder);
        });
    }

    /// Of a folder that is not there, nothing is to be made durable.
    private void changedByOthers(String folder) {
        boolean there = folder.equals(Layout.TOP)
                || files.entry(Layout.parent(folder), Layout.last(folder)).isPresent();
        if (there) {
            folders.changed(folder);
        }
    }

    @Override
    public void barrier() {
        folders.sync();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            idle.close();
            temporary.close();
            files.close();
        }
    }

    private String subject(ObjectName name) {
        String folder = Layout.folder(name);
        String path = folder.equals(Layout.TOP) ? Layout.file(name) : folder + "/" + Layout.file(name);
        return location + "/" + path;
    }

    private static void run(String what, String subject, Runnable action) {
        try {
            action.run();
        } catch (PosixException e) {
            throw Failures.of(e, what, subject);
        }
    }

    private static <T> T answer(String what, String subject, Supplier<T> action) {
        try {
            return action.get();
        } catch (PosixException e) {
            throw Failures.of(e, what, subject);
        }
    }
}
