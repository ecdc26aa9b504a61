package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.ObjectName;
import obnam.api.StoreAccess;
import obnam.api.UntrustedServerException;
import obnam.api.UsageException;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.server.settings.SelfSigned;
import obnam.server.settings.TlsFiles;
import obnam.store.http.HttpsStoreProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who the client takes for its server.
class TlsTest {

    @TempDir
    Path folder;

    private TlsFiles files;
    private TestServer server;
    private StoreAccess access = StoreAccess.NONE;

    @BeforeEach
    void start() {
        files = new TlsFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        SelfSigned.make(files, List.of("localhost"));
        TestServer.Setup setup = new TestServer.Setup();
        setup.tls = Optional.of(files.context());
        server = new TestServer(folder, setup);
        Token token = server.account("alice", Rules.NONE, TestServer.ALL);
        access = StoreAccess.NONE.with(StoreAccess.TOKEN, token.text());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChunkStore open(String host, StoreAccess shown) {
        return new HttpsStoreProvider().open("//" + host + ":" + server.port() + "/r", OpenMode.CREATE, shown);
    }

    @Test
    void nobodyElseCanReadTheKey() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
    }

    @Test
    void anUnknownCertificateIsRefusedAndItsFingerprintTold() {
        assertThatThrownBy(() -> open("localhost", access))
                .isInstanceOfSatisfying(
                        UntrustedServerException.class,
                        e -> assertThat(e.fingerprint()).isEqualTo(files.fingerprint()));
        assertThat(server.accessLog).as("nothing was sent").isEmpty();
    }

    @Test
    void thePinnedCertificateIsTrustedUnderAnyName() {
        String colons = files.fingerprint().toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        for (String pin : List.of(files.fingerprint(), "sha256:" + files.fingerprint(), colons)) {
            try (ChunkStore store = open("127.0.0.1", access.with(StoreAccess.PIN, pin))) {
                store.put(ObjectName.CONFIG, ByteBuffer.wrap(new byte[] {1, 2, 3}));
                assertThat(store.get(ObjectName.CONFIG, 3)).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void anotherThanThePinnedCertificateIsRefused() {
        String other = "0" + files.fingerprint().substring(1);
        String pin = other.equals(files.fingerprint()) ? "1" + other.substring(1) : other;
        assertThatThrownBy(() -> open("localhost", access.with(StoreAccess.PIN, pin)))
                .isInstanceOf(UntrustedServerException.class)
                .hasMessageContaining("not the one that was pinned");
        assertThatThrownBy(() -> open("localhost", access.with(StoreAccess.PIN, "abc")))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void certificatesInAFileAreTrustedForTheirNamesOnly() {
        StoreAccess trusting =
                access.with(StoreAccess.CERTIFICATES, files.certificate().toString());
        open("localhost", trusting).close();
        assertThatThrownBy(() -> open("127.0.0.1", trusting)).isInstanceOf(UntrustedServerException.class);
        assertThatThrownBy(() -> open("localhost", access.with(StoreAccess.CERTIFICATES, "/absent")))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> open(
                        "localhost",
                        access.with(StoreAccess.CERTIFICATES, files.key().toString())))
                .isInstanceOf(UsageException.class);
    }
}
