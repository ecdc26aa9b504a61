package obnam.server.repository;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.MissingObjectException;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account.Rules;

/// A repository as its tenant sees it: a store, under the account's rules.
///
/// A deleted object that can still be brought back stays in the store and is hidden. What changes one object
/// is done one after the other, so that an object is never removed for good while a put answers that it is
/// there.
///
/// Thread-safe.
public final class HostedRepository {

    private static final int STRIPES = 64;

    private final RepositoryName name;
    private final ChunkStore store;
    private final Optional<ObjectTimes> times;
    private final InstantSource clock;
    private final Object[] stripes = new Object[STRIPES];
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong objects = new AtomicLong();

    /// @param times when objects were put, where the rules ask for it
    HostedRepository(RepositoryName name, ChunkStore store, Optional<ObjectTimes> times, InstantSource clock) {
        this.name = name;
        this.store = store;
        this.times = times;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /// Which one.
    public RepositoryName name() {
        return name;
    }

    /// What is below the rules.
    ChunkStore store() {
        return store;
    }

    /// Goes through all objects, to know what there is.
    void count() {
        Instant now = clock.instant();
        for (ObjectKind kind : ObjectKind.values()) {
            store.list(kind, object -> {
                bytes.addAndGet(object.size());
                objects.incrementAndGet();
                times.ifPresent(each -> each.found(object.name(), now));
            });
        }
    }

    /// Takes over what is known already.
    void count(Usage known) {
        bytes.set(known.bytes());
        objects.set(known.objects());
    }

    /// How much there is.
    public Usage usage() {
        return new Usage(Math.max(0, bytes.get()), Math.max(0, objects.get()));
    }

    private boolean isHidden(ObjectName object) {
        return times.isPresent() && times.get().isHidden(object);
    }

    /// The size of an object; empty if there is none.
    public OptionalLong size(ObjectName object) {
        return isHidden(object) ? OptionalLong.empty() : store.size(object);
    }

    /// Reads a range.
    ///
    /// @throws MissingObjectException if there is no such object
    public void read(ObjectName object, long offset, int length, byte[] target) {
        if (isHidden(object)) {
            throw new MissingObjectException("an object is missing", object.toString(), "");
        }
        store.getRange(object, offset, length, target, 0);
    }

    /// Stores an object whose bytes fit its name; durable when this returns.
    public void put(ObjectName object, ByteBuffer content) {
        synchronized (stripe(object)) {
            boolean there = store.size(object).isPresent();
            store.put(object, content);
            store.barrier();
            times.ifPresent(each -> each.put(object, clock.instant()));
            if (!there) {
                bytes.addAndGet(content.remaining());
                objects.incrementAndGet();
            }
        }
    }

    private Object stripe(ObjectName object) {
        return stripes[Math.floorMod(object.hashCode(), STRIPES)];
    }

    /// Tells of the objects of a kind.
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        store.list(kind, object -> {
            if (!isHidden(object.name())) {
                visitor.accept(object);
            }
        });
    }

    /// Deletes an object; durable when this returns.
    ///
    /// @return false if there was none
    /// @throws RefusedException if the rules forbid it
    public boolean delete(ObjectName object, Rules rules) {
        synchronized (stripe(object)) {
            OptionalLong size = size(object);
            if (size.isEmpty()) {
                return false;
            }
            if (object.kind() == ObjectKind.NOTICE) {
                remove(object, size.getAsLong());
                return true;
            }
            requireAllowed(object, rules);
            if (times.isPresent() && !rules.undelete().isZero()) {
                times.get().deleted(object, clock.instant());
            } else {
                remove(object, size.getAsLong());
            }
            return true;
        }
    }

    private void requireAllowed(ObjectName object, Rules rules) {
        if (rules.appendOnly()) {
            throw new RefusedException("the repository is append-only");
        }
        if (!rules.retention().isZero()) {
            Instant put = times.flatMap(each -> each.putAt(object)).orElseGet(clock::instant);
            Instant until = put.plus(rules.retention());
            if (clock.instant().isBefore(until)) {
                throw new RefusedException("the object is locked until " + until);
            }
        }
    }

    private void remove(ObjectName object, long size) {
        store.delete(object);
        store.barrier();
        times.ifPresent(each -> each.removed(object, clock.instant()));
        bytes.addAndGet(-size);
        objects.decrementAndGet();
    }

    /// Removes for good what was deleted before the undelete period began.
    ///
    /// @return how many objects
    public int removeExpired(Duration undelete) {
        int[] count = {0};
        times.ifPresent(each -> each.hidden().forEach(object -> {
            synchronized (stripe(object)) {
                boolean expired = each.deletedAt(object)
                        .filter(deleted -> !clock.instant().isBefore(deleted.plus(undelete)))
                        .isPresent();
                if (expired) {
                    remove(object, store.size(object).orElse(0));
                    count[0]++;
                }
            }
        }));
        return count[0];
    }

    /// Brings back what was deleted at or after a time.
    ///
    /// @return how many objects
    public int undelete(Instant since) {
        int[] count = {0};
        times.ifPresent(each -> each.hidden().forEach(object -> {
            synchronized (stripe(object)) {
                if (each.deletedAt(object)
                        .filter(deleted -> !deleted.isBefore(since))
                        .isPresent()) {
                    each.broughtBack(object, clock.instant());
                    count[0]++;
                }
            }
        }));
        return count[0];
    }

    /// Puts a good copy in the place of a damaged object.
    public void replace(ObjectName object, ByteBuffer content) {
        synchronized (stripe(object)) {
            long before = store.size(object).orElse(0);
            store.delete(object);
            store.put(object, content);
            store.barrier();
            bytes.addAndGet(content.remaining() - before);
        }
    }

    void close() {
        store.close();
        times.ifPresent(ObjectTimes::close);
    }
}
