package obnam.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.UntrustedServerException;
import obnam.api.UsageException;

/// Which certificate a server must show: the pinned one, or else one that is valid for its name and signed by
/// whom the system (or the file that the user names) trusts.
///
/// Remembers the last certificate that was refused, so that a user can be asked about it. Thread-safe.
final class ServerTrust extends X509ExtendedTrustManager {

    private final Optional<String> pin;
    private final X509ExtendedTrustManager others;
    private volatile String refused = "";

    private ServerTrust(Optional<String> pin, X509ExtendedTrustManager others) {
        this.pin = pin;
        this.others = others;
    }

    /// @throws UsageException if the access makes no sense
    static ServerTrust of(StoreAccess access) {
        Optional<String> pin = access.value(StoreAccess.PIN).map(ServerTrust::fingerprint);
        try {
            Optional<KeyStore> file = access.value(StoreAccess.CERTIFICATES).map(ServerTrust::certificates);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(file.orElse(null));
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509ExtendedTrustManager found) {
                    return new ServerTrust(pin, found);
                }
            }
            throw new IllegalStateException("no trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not set up in this Java", e);
        }
    }

    /// Accepts `sha256:` in front, colons between bytes, and both cases, as other programs write fingerprints.
    private static String fingerprint(String text) {
        String digits =
                text.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "").replace(":", "");
        if (!ObjectName.isHex(digits)) {
            throw new UsageException(
                    "a fingerprint is the SHA-256 of a certificate", text, "Write its 64 hexadecimal digits");
        }
        return digits;
    }

    private static KeyStore certificates(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate " + store.size(), each);
            }
            if (store.size() == 0) {
                throw new UsageException("the file holds no certificate", file, "It must be in PEM format");
            }
            return store;
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            throw new UsageException("the file of certificates cannot be read", file, "It must be in PEM format", e);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not set up in this Java", e);
        }
    }

    /// What to tell the user if a connection failed because of the server's certificate.
    Optional<UntrustedServerException> refusal(String server, Throwable cause) {
        String shown = refused;
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new UntrustedServerException(
                shown,
                pin.isPresent()
                        ? "the server's certificate is not the one that was pinned"
                        : "the server's certificate is not trusted",
                server + " (sha256:" + shown + ")",
                pin.isPresent()
                        ? "If its owner has changed it on purpose, pin the new one"
                        : "If that is the fingerprint its owner told you, pin it: --pin " + shown,
                cause));
    }

    private void check(X509Certificate[] chain, Check byOthers) throws CertificateException {
        String shown = sha256(chain[0]);
        try {
            if (pin.isEmpty()) {
                byOthers.run();
            } else if (!MessageDigest.isEqual(bytes(pin.get()), bytes(shown))) {
                throw new CertificateException("not the pinned certificate");
            }
            refused = "";
        } catch (CertificateException e) {
            refused = shown;
            throw e;
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String sha256(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, () -> others.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, () -> others.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("the name of the server is needed");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return others.getAcceptedIssuers();
    }
}
