package obnam.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import obnam.server.account.Caller;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/// Writes a JSON line for every request that was answered. It holds no secret: no header, and of a path only
/// what the grammar knows.
final class AccessLog implements RequestLog {

    /// Request attribute with the [Caller].
    static final String CALLER = "obnam.caller";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int PATH_LIMIT = 200;

    private final Consumer<String> lines;
    private final Metrics metrics;

    /// @param lines takes a line without its end
    AccessLog(Consumer<String> lines, Metrics metrics) {
        this.lines = lines;
        this.metrics = metrics;
    }

    @Override
    public void log(Request request, Response response) {
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        long in = Math.max(0, Request.getContentBytesRead(request));
        long out = Math.max(0, Response.getContentBytesWritten(response));
        metrics.request(request.getMethod(), response.getStatus(), nanos, in, out);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(
                    "time", Instant.ofEpochMilli(Request.getTimeStamp(request)).toString());
            json.writeStringField("from", Request.getRemoteAddr(request));
            if (request.getAttribute(CALLER) instanceof Caller caller) {
                json.writeStringField("account", caller.account().name());
                json.writeStringField("device", caller.token().device());
            }
            json.writeStringField("method", request.getMethod());
            json.writeStringField("path", shortened(request.getHttpURI().getPath()));
            json.writeNumberField("status", response.getStatus());
            json.writeNumberField("in", in);
            json.writeNumberField("out", out);
            json.writeNumberField("ms", nanos / 1_000_000);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        lines.accept(text.toString());
    }

    private static String shortened(@org.jspecify.annotations.Nullable String path) {
        String text = path == null ? "" : path;
        return text.length() <= PATH_LIMIT ? text : text.substring(0, PATH_LIMIT) + "…";
    }
}
