package obnam.store.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import obnam.posix.PosixException;

/// Files in memory that know what is durable: [#crash] gives what a loss of power may leave.
///
/// The model is the weakest that the store relies on. Each name of a folder that changed since the folder was
/// synced has, independently of all others, any of the states it went through; of content that was not synced any
/// beginning is there, and zeros for the rest.
final class CrashFiles implements DurableFiles {

    private static final int ENOENT = 2;
    private static final int EEXIST = 17;

    private sealed interface Node {}

    private static final class File implements Node {
        private byte[] content = new byte[0];
        private boolean synced;
    }

    private static final class Folder implements Node {
        private final Map<String, List<Optional<Node>>> histories = new TreeMap<>();

        private Optional<Node> entry(String name) {
            return histories.getOrDefault(name, List.of(Optional.empty())).getLast();
        }

        private void set(String name, Optional<Node> node) {
            histories
                    .computeIfAbsent(name, _ -> new ArrayList<>(List.of(Optional.empty())))
                    .add(node);
        }

        private void sync() {
            histories
                    .values()
                    .forEach(history -> history.subList(0, history.size() - 1).clear());
        }
    }

    private final Folder top;
    private final Set<String> locks = new HashSet<>();
    private int folderSyncs;
    private int fileSyncs;

    CrashFiles() {
        this(new Folder());
    }

    private CrashFiles(Folder top) {
        this.top = top;
    }

    /// One of the states that a crash at this moment may leave; this one goes on.
    synchronized CrashFiles crash(RandomGenerator random) {
        return new CrashFiles((Folder) survivor(top, random));
    }

    private static Node survivor(Node node, RandomGenerator random) {
        return switch (node) {
            case File file -> {
                File left = new File();
                left.synced = true;
                int durable = file.synced ? file.content.length : random.nextInt(file.content.length + 1);
                left.content = Arrays.copyOf(Arrays.copyOf(file.content, durable), file.content.length);
                yield left;
            }
            case Folder folder -> {
                Folder left = new Folder();
                folder.histories.forEach((name, history) -> history.get(random.nextInt(history.size()))
                        .ifPresent(entry -> left.histories.put(
                                name, new ArrayList<>(List.of(Optional.of(survivor(entry, random)))))));
                yield left;
            }
        };
    }

    int folderSyncs() {
        return folderSyncs;
    }

    int fileSyncs() {
        return fileSyncs;
    }

    private Folder folder(String path) {
        Folder folder = top;
        for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
            Node next = folder.entry(part).orElseThrow(() -> failure(ENOENT, path));
            folder = (Folder) next;
        }
        return folder;
    }

    private static PosixException failure(int errno, String path) {
        return new PosixException(errno, "do something to", path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public synchronized List<Entry> list(String folder, Predicate<String> wanted) {
        return folder(folder).histories.keySet().stream()
                .filter(wanted)
                .flatMap(name -> entry(folder, name).stream())
                .toList();
    }

    @Override
    public synchronized Optional<Entry> entry(String folder, String name) {
        try {
            return folder(folder).entry(name).map(node -> entry(name, node));
        } catch (PosixException _) {
            return Optional.empty();
        }
    }

    private static Entry entry(String name, Node node) {
        return switch (node) {
            case File file -> new Entry(name, file.content.length, true);
            case Folder _ -> new Entry(name, 0, false);
        };
    }

    @Override
    public synchronized Reader open(String folder, String name) {
        File file = (File) folder(folder).entry(name).orElseThrow(() -> failure(ENOENT, name));
        return new Reader() {
            @Override
            public Entry entry() {
                return CrashFiles.entry(name, file);
            }

            @Override
            public int read(long position, byte[] buffer, int offset, int length) {
                int from = Math.toIntExact(position);
                int count = Math.min(length, file.content.length - from);
                System.arraycopy(file.content, from, buffer, offset, Math.max(0, count));
                return count <= 0 ? -1 : count;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized Draft create(String folder, String name) {
        File file = new File();
        add(folder, name, file);
        return new Draft() {
            @Override
            public void write(long position, byte[] bytes, int offset, int length) {
                int end = Math.toIntExact(position + length);
                file.content = Arrays.copyOf(file.content, Math.max(end, file.content.length));
                System.arraycopy(bytes, offset, file.content, end - length, length);
                file.synced = false;
            }

            @Override
            public void sync() {
                file.synced = true;
                fileSyncs++;
            }

            @Override
            public void close() {}
        };
    }

    private void add(String folder, String name, Node node) {
        Folder parent = folder(folder);
        if (parent.entry(name).isPresent()) {
            throw failure(EEXIST, name);
        }
        parent.set(name, Optional.of(node));
    }

    @Override
    public synchronized void makeFolder(String parent, String name) {
        if (folder(parent).entry(name).isEmpty()) {
            add(parent, name, new Folder());
        }
    }

    @Override
    public synchronized void link(String fromFolder, String fromName, String folder, String name) {
        add(folder, name, folder(fromFolder).entry(fromName).orElseThrow(() -> failure(ENOENT, fromName)));
    }

    @Override
    public synchronized void remove(String folder, String name) {
        if (entry(folder, name).isEmpty()) {
            throw failure(ENOENT, name);
        }
        folder(folder).set(name, Optional.empty());
    }

    @Override
    public synchronized void syncFolder(String folder) {
        folder(folder).sync();
        folderSyncs++;
    }

    @Override
    public long freeSpace() {
        return Long.MAX_VALUE;
    }

    @Override
    public synchronized Optional<Lock> tryLock(String folder, String name) {
        if (entry(folder, name).isEmpty()) {
            add(folder, name, new File());
        }
        return locks.add(name) ? Optional.of(() -> locks.remove(name)) : Optional.empty();
    }

    @Override
    public void close() {}
}
