package obnam.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;
import obnam.testkit.StoreCall.Operation;

/// A store that writes down every call it has passed on and that did not fail, so that a test can guard how many a
/// run takes, and in which order. Thread-safe; calls of several threads are noted in the order in which they end.
public final class RecordingStore implements ChunkStore {

    private final ChunkStore store;
    private final List<StoreCall> calls = new ArrayList<>();

    /// @param store does the work; closed with this one
    public RecordingStore(ChunkStore store) {
        this.store = store;
    }

    /// The calls so far, oldest first, as they are now.
    public synchronized List<StoreCall> calls() {
        return Collections.unmodifiableList(new ArrayList<>(calls));
    }

    /// Forgets the calls so far; numbers begin with 1 again.
    public synchronized void clear() {
        calls.clear();
    }

    /// How many calls there were of this method, whatever they were for.
    public long count(Operation operation) {
        return count(call -> call.operation() == operation);
    }

    /// How many calls there were of this method for one kind of object.
    public long count(Operation operation, ObjectKind kind) {
        return count(of(operation, kind));
    }

    /// How many calls there were for which `which` holds.
    public long count(Predicate<StoreCall> which) {
        return calls().stream().filter(which).count();
    }

    /// How many bytes all calls of this method for one kind of object put or returned.
    public long bytes(Operation operation, ObjectKind kind) {
        return calls().stream()
                .filter(of(operation, kind))
                .mapToLong(StoreCall::bytes)
                .sum();
    }

    private static Predicate<StoreCall> of(Operation operation, ObjectKind kind) {
        return call -> call.operation() == operation
                && call.kind().filter(kind::equals).isPresent();
    }

    private synchronized void note(Operation operation, ObjectName name, long bytes) {
        calls.add(StoreCall.of(calls.size() + 1, operation, name, bytes));
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        store.put(name, content);
        note(Operation.PUT, name, content.remaining());
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        byte[] content = store.get(name, limit);
        note(Operation.GET, name, content.length);
        return content;
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        store.getRange(name, offset, length, target, targetOffset);
        note(Operation.GET_RANGE, name, length);
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        store.list(kind, visitor);
        synchronized (this) {
            calls.add(StoreCall.list(calls.size() + 1, kind));
        }
    }

    @Override
    public OptionalLong size(ObjectName name) {
        OptionalLong size = store.size(name);
        note(Operation.SIZE, name, 0);
        return size;
    }

    @Override
    public void delete(ObjectName name) {
        store.delete(name);
        note(Operation.DELETE, name, 0);
    }

    @Override
    public void barrier() {
        store.barrier();
        synchronized (this) {
            calls.add(StoreCall.barrier(calls.size() + 1));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
