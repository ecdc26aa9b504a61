package obnam.server.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.DoubleSupplier;

/// What the server counts, for Prometheus. Thread-safe.
final class Metrics {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("obnam_requests_total")
            .help("Requests that were answered")
            .labelNames("method", "status")
            .register(registry);
    private final Counter received = Counter.builder()
            .name("obnam_received_bytes_total")
            .help("Bytes of bodies received")
            .register(registry);
    private final Counter sent = Counter.builder()
            .name("obnam_sent_bytes_total")
            .help("Bytes of bodies sent")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("obnam_request_seconds")
            .help("Time from the first byte of a request to the end of its answer")
            .labelNames("method")
            .classicOnly()
            .classicUpperBounds(0.005, 0.02, 0.1, 0.5, 2, 10, 60)
            .register(registry);

    /// A request was answered.
    void request(String method, int status, long nanos, long in, long out) {
        String known = METHODS.contains(method) ? method : "other"; // a label must not be the client's to choose
        requests.labelValues(known, Integer.toString(status)).inc();
        seconds.labelValues(known).observe(nanos / 1e9);
        received.inc(in);
        sent.inc(out);
    }

    /// Adds a figure that is asked for when the metrics are read.
    void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /// All of them in Prometheus' text format.
    String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
