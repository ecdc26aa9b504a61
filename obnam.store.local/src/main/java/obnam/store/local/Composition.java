package obnam.store.local;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// Writes pieces of objects one after the other into a new file, and finds out its name. For one thread.
final class Composition {

    private static final int BUFFER = 1 << 20;

    private final DurableFiles.Draft draft;
    private final Function<ObjectName, DurableFiles.Reader> opener;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];
    private long length;

    /// @param opener opens an object; closed here
    Composition(DurableFiles.Draft draft, Function<ObjectName, DurableFiles.Reader> opener) {
        this.draft = draft;
        this.opener = opener;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void write(List<ChunkStore.Part> parts) {
        for (ChunkStore.Part part : parts) {
            switch (part) {
                case ChunkStore.Part.Bytes(ByteBuffer content) -> write(content.duplicate());
                case ChunkStore.Part.Range range -> {
                    try (DurableFiles.Reader source = opener.apply(range.source())) {
                        copy(source, range);
                    }
                }
            }
        }
    }

    private void write(ByteBuffer content) {
        while (content.hasRemaining()) {
            int count = Math.min(BUFFER, content.remaining());
            content.get(buffer, 0, count);
            append(count);
        }
    }

    private void copy(DurableFiles.Reader source, ChunkStore.Part.Range range) {
        long done = 0;
        while (done < range.length()) {
            int wanted = (int) Math.min(BUFFER, range.length() - done);
            int count = source.read(range.offset() + done, buffer, 0, wanted);
            if (count < 0) {
                throw new DamageException(
                        "an object is too short", range.source().toString(), "Run a check of the repository");
            }
            append(count);
            done += count;
        }
    }

    private void append(int count) {
        digest.update(buffer, 0, count);
        draft.write(length, buffer, 0, count);
        length += count;
    }

    long length() {
        return length;
    }

    /// The name of what was written; nothing may be written afterwards.
    ObjectName name(ObjectKind kind) {
        return new ObjectName(kind, HexFormat.of().formatHex(digest.digest()));
    }
}
