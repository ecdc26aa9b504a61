package obnam.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Writes short answers.
final class Reply {

    private Reply() {}

    /// An answer without a body.
    static void status(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /// An error, with one line for the client.
    static void error(Response response, Callback callback, int status, String reason) {
        text(response, callback, status, "text/plain; charset=utf-8", reason + "\n");
    }

    /// A text.
    static void text(Response response, Callback callback, int status, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /// An error that goes away.
    static void later(Response response, Callback callback, int status, Duration wait, String reason) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, Math.max(1, wait.toSeconds()));
        error(response, callback, status, reason);
    }

    /// What is said of all that is not there, whyever.
    static void nothing(Response response, Callback callback) {
        error(response, callback, 404, "not found");
    }
}
