package obnam.store.local;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import obnam.posix.PosixException;

/// Names for files that are being written, and the removal of those that a dead process left. Thread-safe.
///
/// Each open store that writes has a session: a random number and a lock file of that name, `SESSION.lock`, that
/// it keeps locked. Its files are `SESSION-1`, `SESSION-2`, … The kernel releases the lock when a process dies, so
/// whoever gets the lock of a session may remove what is left of it. Where a lock file was removed by someone who
/// got the lock in the instant before its owner did, the owner's files may go too; it notices when it links them,
/// and starts a new session.
final class TemporaryFiles {

    private static final int SESSION_LENGTH = 32;
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{" + SESSION_LENGTH + "}(-[0-9]{1,19}|\\.lock)");
    private static final int ATTEMPTS = 100;

    private record Session(String id, DurableFiles.Lock lock) {}

    private final DurableFiles files;
    private final SecureRandom random = new SecureRandom();
    private Optional<Session> session = Optional.empty();
    private long last;

    TemporaryFiles(DurableFiles files) {
        this.files = files;
    }

    /// A name in [Layout#TEMPORARY] that nobody else uses or guesses.
    ///
    /// @throws PosixException if no session could be started
    synchronized String newName() {
        if (session.isEmpty()) {
            session = Optional.of(start());
        }
        last++;
        return session.get().id() + "-" + last;
    }

    private Session start() {
        for (int attempt = 1; ; attempt++) {
            byte[] id = new byte[SESSION_LENGTH / 2];
            random.nextBytes(id);
            String hex = HexFormat.of().formatHex(id);
            Optional<DurableFiles.Lock> lock = files.tryLock(Layout.TEMPORARY, lockFile(hex));
            if (lock.isPresent()) {
                return new Session(hex, lock.get());
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("a random lock file is always taken"); // the random source is broken
            }
        }
    }

    private static String lockFile(String session) {
        return session + ".lock";
    }

    /// To be called when a file has gone that nobody may remove: names are of a new session from now on.
    synchronized void renew(String gone) {
        if (session.isPresent() && gone.startsWith(session.get().id())) {
            close();
        }
    }

    /// Ends the session.
    synchronized void close() {
        if (session.isPresent()) {
            removeQuietly(lockFile(session.get().id()));
            session.get().lock().close();
            session = Optional.empty();
        }
    }

    /// Removes a file that is needed no longer. If that fails it is left to [#clean].
    void removeQuietly(String name) {
        try {
            files.remove(Layout.TEMPORARY, name);
        } catch (PosixException _) {
            // A left-over costs space, nothing else.
        }
    }

    /// Removes what sessions of dead processes left. That is tidying up: a store that cannot be written to is fine.
    void clean() {
        try {
            leftOvers().forEach(this::clean);
        } catch (PosixException _) {
            // No such folder, or none of ours.
        }
    }

    private Map<String, Set<String>> leftOvers() {
        Map<String, Set<String>> bySession = new HashMap<>();
        for (DurableFiles.Entry entry :
                files.list(Layout.TEMPORARY, name -> OURS.matcher(name).matches())) {
            if (entry.regular()) {
                String session = entry.name().substring(0, SESSION_LENGTH);
                bySession.computeIfAbsent(session, _ -> new HashSet<>()).add(entry.name());
            }
        }
        return bySession;
    }

    private void clean(String session, Set<String> names) {
        Optional<DurableFiles.Lock> lock = files.tryLock(Layout.TEMPORARY, lockFile(session));
        if (lock.isPresent()) {
            try (DurableFiles.Lock _ = lock.get()) {
                names.forEach(this::removeQuietly);
                removeQuietly(lockFile(session));
            }
        }
    }
}
