package obnam.server.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.eclipse.jetty.server.Request;

/// Receives an object into memory, whose length is known, and hashes it on the way. Only a whole one that
/// fits its name goes on to the store: nothing that is not verified is ever written.
final class Upload implements BodyReader.End {

    /// How it ended, if it did not fail on the way.
    enum Result {
        /// The content is the whole object.
        WHOLE,
        /// The content is not what its name says, or not as long as announced.
        WRONG
    }

    private final ObjectName name;
    private final byte[] content;
    private final MessageDigest digest;
    private final BiConsumer<Result, ByteBuffer> done;
    private final Consumer<Throwable> broken;
    private final Runnable released;
    private int received;
    private boolean tooLong;

    /// @param length as announced, for which memory has been granted
    /// @param done is told of the end of a body that came
    /// @param broken is told of a connection that broke before that
    /// @param released is run in the end, whatever happened
    Upload(
            ObjectName name,
            int length,
            BiConsumer<Result, ByteBuffer> done,
            Consumer<Throwable> broken,
            Runnable released) {
        this.name = name;
        this.content = new byte[length];
        this.done = done;
        this.broken = broken;
        this.released = released;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    void read(Request request, BodyReader.Pace pace, LongSupplier nanoTime) {
        new BodyReader(request, pace, nanoTime, this::take, this).run();
    }

    private void take(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), content.length - received);
        tooLong |= count < bytes.remaining();
        bytes.get(content, received, count);
        digest.update(content, received, count);
        received += count;
    }

    @Override
    public void whole() {
        try {
            boolean right = !tooLong && received == content.length && isNamed();
            done.accept(right ? Result.WHOLE : Result.WRONG, ByteBuffer.wrap(content));
        } finally {
            released.run();
        }
    }

    private boolean isNamed() {
        return name.kind() == ObjectKind.CONFIG
                || HexFormat.of().formatHex(digest.digest()).equals(name.hex());
    }

    @Override
    public void failed(Throwable cause) {
        try {
            broken.accept(cause);
        } finally {
            released.run();
        }
    }
}
