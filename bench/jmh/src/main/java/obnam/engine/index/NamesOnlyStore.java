package obnam.engine.index;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import obnam.api.ChunkStore;
import obnam.api.ObjectInfo;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreTraits;

/// A store that can be listed, and no more: an index that is wholly cached asks for nothing else.
///
/// @param names what it lists
record NamesOnlyStore(List<ObjectName> names) implements ChunkStore {

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("only names are here");
    }

    @Override
    public StoreTraits traits() {
        throw refused();
    }

    @Override
    public void put(ObjectName name, ByteBuffer content) {
        throw refused();
    }

    @Override
    public byte[] get(ObjectName name, int limit) {
        throw refused();
    }

    @Override
    public void getRange(ObjectName name, long offset, int length, byte[] target, int targetOffset) {
        throw refused();
    }

    @Override
    public void list(ObjectKind kind, Consumer<ObjectInfo> visitor) {
        names.stream().filter(name -> name.kind() == kind).forEach(name -> visitor.accept(new ObjectInfo(name, 0)));
    }

    @Override
    public OptionalLong size(ObjectName name) {
        throw refused();
    }

    @Override
    public void delete(ObjectName name) {
        throw refused();
    }

    @Override
    public void close() {}
}
