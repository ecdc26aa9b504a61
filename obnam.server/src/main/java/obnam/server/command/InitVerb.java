package obnam.server.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import obnam.api.LocalException;
import obnam.api.UsageException;
import obnam.server.repository.StateFiles;
import obnam.server.settings.SelfSigned;
import obnam.server.settings.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Makes the configuration, and a certificate where none is named.
final class InitVerb extends Verb {

    @Option(name = "--listen", metaVar = "HOST:PORT", usage = "0.0.0.0:8443 by default")
    private String listen = "0.0.0.0:8443";

    @Option(name = "--storage", metaVar = "LOCATION", usage = "where the objects will be: /path or scheme:place")
    private @Nullable String storage;

    @Option(name = "--host", metaVar = "NAME", usage = "name or address that clients use; repeatable")
    private List<String> hosts = new ArrayList<>();

    @Override
    int run(Console console) {
        Path config = config();
        Path folder = config.getParent();
        if (Files.exists(config)) {
            throw new UsageException(
                    "there is a configuration already", config.toString(), "Remove it, or name another");
        }
        TlsFiles tls = new TlsFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        String place = storage == null ? "objects" : storage;
        try {
            StateFiles.folder(folder);
            StateFiles.folder(folder.resolve("state"));
            if (!Files.exists(tls.certificate())) {
                SelfSigned.make(tls, names());
            }
            StateFiles.replace(config, text(place).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LocalException("the configuration cannot be made", folder.toString(), "Check its rights", e);
        }
        settings(); // it must make sense
        console.say("configuration: " + config);
        console.say("fingerprint of the certificate, which clients can pin: " + tls.fingerprint());
        console.say("next: obnam-server account add NAME -c " + config + ", then obnam-server serve -c " + config);
        return 0;
    }

    private List<String> names() {
        if (!hosts.isEmpty()) {
            return hosts;
        }
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1"));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) { // then without it
        }
        return names;
    }

    private String text(String place) {
        return """
                # Configuration of obnam-server. The manual explains it. Relative paths begin in this file's folder.
                listen: "%s"
                certificate: certificate.pem
                key: key.pem
                storage: "%s"
                state: state
                accounts: accounts.yaml
                access-log: state/access.log
                scrub:
                  rate: 20 MiB
                  every: 30 days
                """.formatted(escaped(listen), escaped(place));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
