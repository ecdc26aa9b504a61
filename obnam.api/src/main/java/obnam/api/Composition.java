package obnam.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What [ChunkStore#compose] does for stores that cannot do better.
final class Composition {

    private Composition() {}

    static ObjectName readAndPut(ChunkStore store, ObjectKind kind, List<ChunkStore.Part> parts) {
        long length = parts.stream().mapToLong(ChunkStore.Part::length).sum();
        byte[] content = new byte[Math.toIntExact(length)];
        int at = 0;
        for (ChunkStore.Part part : parts) {
            int partLength = Math.toIntExact(part.length());
            switch (part) {
                case ChunkStore.Part.Bytes(ByteBuffer bytes) -> bytes.get(bytes.position(), content, at, partLength);
                case ChunkStore.Part.Range range ->
                    store.getRange(range.source(), range.offset(), partLength, content, at);
            }
            at += partLength;
        }
        ObjectName name = new ObjectName(kind, HexFormat.of().formatHex(sha256().digest(content)));
        store.put(name, ByteBuffer.wrap(content));
        return name;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
