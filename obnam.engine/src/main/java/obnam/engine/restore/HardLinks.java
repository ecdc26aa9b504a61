package obnam.engine.restore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import obnam.api.InterruptedRunException;
import obnam.engine.Entry;
import obnam.posix.FileType;

/// Finds the entries that are names of one file. The first of them in the order of the walk is restored with its
/// content, the others become links to it. Memory grows with the number of files that have several names.
///
/// To be used by the thread of the walk.
final class HardLinks {

    /// One file with several names.
    ///
    /// Whoever waits for the first name holds a piece of work that was handed out later than the first name's was,
    /// and work is taken up in the order it is handed out: so never do two wait for each other.
    static final class Group {
        private final TargetDirectory directory;
        private final Entry first;
        private final CompletableFuture<Boolean> restored = new CompletableFuture<>();

        private Group(TargetDirectory directory, Entry first) {
            this.directory = directory;
            this.first = first;
        }

        /// Where the first name is.
        TargetDirectory directory() {
            return directory;
        }

        /// Whether an entry of a directory is the first name.
        boolean isFirst(TargetDirectory place, Entry entry) {
            return place == directory && Arrays.equals(entry.name(), first.name());
        }

        /// The entry that is restored with its content.
        Entry first() {
            return first;
        }

        /// Tells how the first name fared.
        void finished(boolean success) {
            restored.complete(success);
        }

        /// Waits until the first name is finished.
        ///
        /// @param stop looked at now and then; throws to end the waiting
        /// @return whether there is something to link to
        boolean await(Runnable stop) {
            while (true) {
                try {
                    return restored.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    stop.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedRunException("interrupted", "", "", e);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a group is never completed exceptionally", e);
                }
            }
        }
    }

    /// What entries must have in common: also the content, which differs if the file changed while it was backed
    /// up.
    private record Key(Object scope, long inode, FileType type, Object content) {}

    private final Map<Key, Group> groups = new HashMap<>();

    /// The group an entry belongs to, if it has several names. A group whose [Group#first] is the entry itself was
    /// made for it.
    Optional<Group> groupOf(TargetDirectory directory, Entry entry) {
        if (!entry.multipleLinks() || entry.mountRoot()) {
            return Optional.empty();
        }
        Key key = new Key(directory.scope(), entry.inode(), entry.type(), content(entry.body()));
        return Optional.of(groups.computeIfAbsent(key, _ -> new Group(directory, entry)));
    }

    private static Object content(Entry.Body body) {
        return body instanceof Entry.Symlink(byte[] target) ? ByteBuffer.wrap(target) : body;
    }
}
