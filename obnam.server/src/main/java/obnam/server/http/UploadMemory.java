package obnam.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// The memory for objects that are being received: what does not fit waits its turn, without a thread.
///
/// Who trickles a body holds memory for as long as the least data rate allows; how many requests one token
/// may have under way bounds how much that is.
///
/// Thread-safe.
final class UploadMemory {

    private record Waiting(long length, Runnable granted) {}

    private final long limit;
    private final int waitersLimit;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long used;

    /// @param limit in bytes; at least the greatest length that is asked for
    /// @param waitersLimit how many may wait
    UploadMemory(long limit, int waitersLimit) {
        this.limit = limit;
        this.waitersLimit = waitersLimit;
    }

    /// Asks for memory, to be given back with [#release].
    ///
    /// @param granted is run when it is there: at once on this thread, or on one that releases some
    /// @return false if too many wait already; `granted` is never run then
    boolean acquire(long length, Runnable granted) {
        synchronized (this) {
            if (!queue.isEmpty() || used + length > limit) {
                return queue.size() < waitersLimit && queue.add(new Waiting(length, granted));
            }
            used += length;
        }
        granted.run();
        return true;
    }

    /// Gives memory back.
    void release(long length) {
        List<Runnable> next = new ArrayList<>();
        synchronized (this) {
            used -= length;
            for (Waiting first = queue.peek(); first != null && used + first.length() <= limit; first = queue.peek()) {
                used += first.length();
                next.add(queue.remove().granted());
            }
        }
        next.forEach(Runnable::run);
    }

    /// How much is in use, in bytes.
    synchronized long used() {
        return used;
    }
}
