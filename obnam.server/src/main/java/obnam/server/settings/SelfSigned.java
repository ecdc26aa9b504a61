package obnam.server.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import obnam.api.LocalException;
import obnam.server.repository.StateFiles;

/// Makes a certificate that the server signs itself, for clients who pin it. The JDK makes certificates only
/// with its program `keytool`.
public final class SelfSigned {

    private static final char[] PASSWORD = "in a folder that nobody else can read".toCharArray();

    private SelfSigned() {}

    /// Makes both files, which are not there yet.
    ///
    /// @param names host names and addresses the server is reached by
    public static void make(TlsFiles files, List<String> names) {
        Path folder = files.key().toAbsolutePath().getParent();
        try {
            Path work = Files.createTempDirectory(folder, ".keytool");
            Path store = work.resolve("store");
            try {
                run(store, names);
                export(store, files);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(work);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new LocalException(
                    "no certificate can be made", files.certificate().toString(), "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException(
                    "no certificate can be made", files.certificate().toString(), "Run it again", e);
        }
    }

    private static void run(Path store, List<String> names) throws IOException, InterruptedException {
        String alternatives = names.stream()
                .map(name -> (name.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + name)
                .collect(Collectors.joining(","));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=obnam-server",
                "-validity",
                "7300",
                "-ext",
                "san=" + alternatives,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "OBNAM_STORE");
        builder.environment().put("OBNAM_STORE", new String(PASSWORD));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output.strip());
        }
    }

    private static void export(Path store, TlsFiles files) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        StateFiles.replace(
                files.key(), pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
        StateFiles.replace(
                files.certificate(),
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    }

    private static byte[] pem(String what, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
