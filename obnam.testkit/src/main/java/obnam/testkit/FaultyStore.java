package obnam.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.api.StoreTraits;
import obnam.testkit.StoreCall.Operation;

/// A store that fails where a test tells it to. Calls are counted from 1 in the order in which they arrive; which
/// fail depends on nothing but the faults that were set, so a single-threaded run repeats exactly.
///
/// To go through all single faults of a run: do it once without faults, ask [#calls] how many calls it took, then
/// do it again for each number and each [Mode] with [#failAt]. Thread-safe.
public final class FaultyStore implements ChunkStore {

    /// What goes wrong with a call.
    public enum Mode {
        /// Nothing is done; [StoreException] that is worth retrying.
        ERROR_BEFORE,
        /// All is done; then [StoreException] that is worth retrying.
        ERROR_AFTER,
        /// Nothing is done; [StoreException] that is not worth retrying.
        LASTING_ERROR,
        /// The store lies, and tells of no error: a put stores and a get returns only the first half, a range is
        /// filled by half (the rest with zeros), a listing leaves out every second object, a size is halved, a
        /// delete or a barrier does nothing.
        SHORT_BODY,
        /// The store lies, and tells of no error: one bit in the middle of what is put or read is flipped, sizes
        /// are one too large, a delete or a barrier does nothing.
        WRONG_BYTES
    }

    /// What a method without a result gives to [#answer].
    private static final Boolean NOTHING = Boolean.TRUE;

    /// How a call is to be answered that fails with no error.
    private enum Body {
        HONEST,
        SHORT,
        WRONG
    }

    private record Fault(Predicate<StoreCall> when, Mode mode) {}

    private final ChunkStore store;
    private final AtomicLong calls = new AtomicLong();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /// @param store does what is not made to fail; closed with this one
    public FaultyStore(ChunkStore store) {
        this.store = store;
    }

    /// Makes the call of that number fail, counted from 1 since this store was made.
    ///
    /// @return this store
    public FaultyStore failAt(long number, Mode mode) {
        return failWhen(call -> call.number() == number, mode);
    }

    /// Makes every call fail for which `when` holds; of several faults that fit, the one set first counts.
    ///
    /// @param when asked at most once for every call, on the calling thread; the bytes of a get are 0, not being
    ///     known
    /// @return this store
    public FaultyStore failWhen(Predicate<StoreCall> when, Mode mode) {
        faults.add(new Fault(when, mode));
        return this;
    }

    /// Takes back all faults.
    public void heal() {
        faults.clear();
    }

    /// How many calls there were so far, failed ones among them. [#traits] and [#close] are not counted.
    public long calls() {
        return calls.get();
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        answer(call(Operation.PUT, name, content.remaining()), body -> {
            switch (body) {
                case HONEST -> store.put(name, content);
                case SHORT -> store.put(name, content.slice(content.position(), content.remaining() / 2));
                case WRONG -> store.put(name, ByteBuffer.wrap(flipped(content)));
            }
            return NOTHING;
        });
    }

    private static byte[] flipped(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(content.position(), bytes);
        flip(bytes, 0, bytes.length);
        return bytes;
    }

    private static void flip(byte[] bytes, int offset, int length) {
        if (length > 0) {
            bytes[offset + length / 2] ^= 1;
        }
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        return answer(call(Operation.GET, name, 0), body -> {
            byte[] content = store.get(name, limit);
            return switch (body) {
                case HONEST -> content;
                case SHORT -> Arrays.copyOf(content, content.length / 2);
                case WRONG -> flipped(ByteBuffer.wrap(content));
            };
        });
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        answer(call(Operation.GET_RANGE, name, length), body -> {
            store.getRange(name, offset, length, target, targetOffset);
            switch (body) {
                case HONEST -> {}
                case SHORT -> Arrays.fill(target, targetOffset + length / 2, targetOffset + length, (byte) 0);
                case WRONG -> flip(target, targetOffset, length);
            }
            return NOTHING;
        });
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        answer(StoreCall.list(calls.incrementAndGet(), kind), body -> {
            AtomicLong seen = new AtomicLong();
            store.list(kind, object -> {
                boolean second = seen.incrementAndGet() % 2 == 0;
                if (body != Body.SHORT || !second) {
                    long size = body == Body.WRONG ? object.size() + 1 : object.size();
                    visitor.accept(new ObjectInfo(object.name(), size));
                }
            });
            return NOTHING;
        });
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return answer(call(Operation.SIZE, name, 0), body -> {
            OptionalLong size = store.size(name);
            if (size.isEmpty() || body == Body.HONEST) {
                return size;
            }
            return OptionalLong.of(body == Body.SHORT ? size.getAsLong() / 2 : size.getAsLong() + 1);
        });
    }

    @Override
    public void delete(ObjectName name) {
        answer(call(Operation.DELETE, name, 0), body -> {
            if (body == Body.HONEST) {
                store.delete(name);
            }
            return NOTHING;
        });
    }

    @Override
    public void barrier() {
        answer(StoreCall.barrier(calls.incrementAndGet()), body -> {
            if (body == Body.HONEST) {
                store.barrier();
            }
            return NOTHING;
        });
    }

    @Override
    public void close() {
        store.close();
    }

    private StoreCall call(Operation operation, ObjectName name, long bytes) {
        return StoreCall.of(calls.incrementAndGet(), operation, name, bytes);
    }

    private <T> T answer(StoreCall call, Function<Body, T> method) {
        Optional<Mode> mode = faults.stream()
                .filter(fault -> fault.when().test(call))
                .map(Fault::mode)
                .findFirst();
        if (mode.isEmpty()) {
            return method.apply(Body.HONEST);
        }
        return switch (mode.get()) {
            case ERROR_BEFORE -> throw StoreException.passing("a fault was injected before", call.toString(), "");
            case LASTING_ERROR -> throw StoreException.lasting("a lasting fault was injected", call.toString(), "");
            case ERROR_AFTER -> {
                var _ = method.apply(Body.HONEST);
                throw StoreException.passing("a fault was injected after", call.toString(), "");
            }
            case SHORT_BODY -> method.apply(Body.SHORT);
            case WRONG_BYTES -> method.apply(Body.WRONG);
        };
    }
}
