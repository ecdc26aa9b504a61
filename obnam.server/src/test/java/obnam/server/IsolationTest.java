package obnam.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import obnam.api.ChunkStore;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No path, however written, leads a tenant to what is another's, and none tells whether anything is there.
class IsolationTest {

    private static final List<String> VERBS = List.of("GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "PATCH");
    private static final byte[] CONTENT = "what belongs to alice".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private TestServer server;
    private Token alice;
    private Token mallory;
    private Account aliceAccount;
    private final ObjectName name = new ObjectName(ObjectKind.PACK, sha256(CONTENT));

    @BeforeEach
    void twoTenants() {
        server = new TestServer(folder);
        alice = server.account("alice", Rules.NONE, TestServer.ALL);
        mallory = server.account("mallory", Rules.NONE, TestServer.ALL);
        aliceAccount = server.accounts.get().find("alice").orElseThrow();
        try (ChunkStore store = server.open("secret", alice, ChunkStore.OpenMode.CREATE)) {
            store.put(name, ByteBuffer.wrap(CONTENT));
            store.put(ObjectName.CONFIG, ByteBuffer.wrap(CONTENT));
        }
        server.open("own", mallory, ChunkStore.OpenMode.CREATE).close();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ways to write the path of an object of another tenant, or of a file of the server.
    private Set<String> attempts(String id, String repository) {
        String object = "data/" + name.hex();
        List<String> places = List.of(
                "/" + repository + "/" + object,
                "/own/../" + repository + "/" + object,
                "/own/../../" + id + "/" + repository + "/" + object,
                "/" + id + "/" + repository + "/" + object,
                "/own/data/../../../" + id + "/" + repository + "/" + object,
                "/own/data/" + "../".repeat(8) + "etc/passwd",
                "/alice/" + repository + "/" + object,
                "/" + repository + "/config",
                "/own/../../" + id + "/" + repository + "/config",
                "/" + repository + "/data/",
                "/" + repository + "/",
                "/own/../../../state/tenants/" + id + "/" + repository + "/times",
                "/own/../../../state/accounts.yaml");
        Set<String> all = new LinkedHashSet<>();
        for (String place : places) {
            all.add(place);
            for (String dots : List.of(
                    "%2e%2e",
                    "%2E.",
                    ".%2e",
                    "%252e%252e",
                    "..;",
                    "..;a=b",
                    "%c0%ae%c0%ae",
                    "%e0%80%ae%e0%80%ae",
                    "..%00",
                    "..%20",
                    ".. ",
                    "...",
                    "%uff0e%uff0e",
                    "..\\")) {
                all.add(place.replace("..", dots));
            }
            for (String slash : List.of("%2f", "%2F", "%5c", "\\", "//", "/./", "%252f", "%c0%af", "/;/", "%2f/")) {
                all.add("/" + place.substring(1).replace("/", slash));
                all.add(place.replaceFirst("/(?=[^/]*$)", slash.replace("\\", "\\\\")));
            }
            all.add("/" + place);
            all.add(place + "/");
            all.add(place + "%00");
            all.add(place + "?");
            all.add(place + "?create=true&x");
            all.add(place + ";x");
            all.add(place + "%20");
            all.add(place + "/../" + name.hex());
            all.add(place.toUpperCase(java.util.Locale.ROOT));
            all.add("http://localhost" + place);
            all.add("http://alice@localhost" + place);
            all.add(place.replace("data", "%64ata"));
            all.add(place.replace("data", "Data"));
        }
        return all;
    }

    @Test
    void noWayToWriteAPathLeadsToAnotherTenant() throws IOException {
        String before = fingerprint();
        Set<String> attempts = attempts(aliceAccount.id(), "secret");
        List<String> absent = new ArrayList<>(attempts("0".repeat(32), "absent"));
        List<String> present = new ArrayList<>(attempts);
        assertThat(absent).hasSameSizeAs(present);
        int requests = 0;
        for (int i = 0; i < present.size(); i++) {
            for (String verb : VERBS) {
                // A repository of one's own may have any name, so making one under the same is no way in.
                boolean makesOwn = verb.equals("POST") && present.get(i).endsWith("?create=true");
                if (!makesOwn) {
                    Client.Answer found = ask(verb, present.get(i));
                    Client.Answer nothing = ask(verb, absent.get(i));
                    assertThat(found.status()).as("%s %s", verb, present.get(i)).isBetween(400, 501);
                    assertThat(found.visible())
                            .as("%s %s beside %s", verb, present.get(i), absent.get(i))
                            .isEqualTo(nothing.visible());
                    requests += 2;
                }
            }
        }
        System.out.println("isolation: " + requests + " requests in " + present.size() + " ways to write a path with "
                + VERBS.size() + " verbs: all refused, none told apart from absent");
        assertThat(present.size() * VERBS.size()).isGreaterThanOrEqualTo(1000);
        assertThat(fingerprint()).isEqualTo(before);
    }

    private Client.Answer ask(String verb, String target) throws IOException {
        byte[] body = verb.equals("POST") ? CONTENT : new byte[0];
        return Client.send(server.port(), verb, target, "Bearer " + mallory.text(), body);
    }

    /// All files of alice's.
    private String fingerprint() throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve("objects").resolve(aliceAccount.id()))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return files.toString();
    }

    @Test
    void whoHasNoTokenLearnsNothing() throws IOException {
        Token unknown = Token.random(new java.security.SecureRandom());
        Token wrongSecret = new Token(alice.id(), unknown.secret());
        Set<String> answers = new LinkedHashSet<>();
        for (String authorization : List.of(
                "",
                "Bearer " + unknown.text(),
                "Bearer " + wrongSecret.text(),
                "Bearer",
                "Bearer x",
                "Basic !!!",
                "Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString(("mallory:" + alice.text()).getBytes(StandardCharsets.UTF_8)),
                "Digest username=alice")) {
            for (String path :
                    List.of("/secret/config", "/absent/config", "/secret/data/" + name.hex(), "/-/status", "/")) {
                answers.add(Client.send(server.port(), "GET", path, authorization, new byte[0])
                        .visible());
            }
        }
        assertThat(answers).hasSize(1).allSatisfy(answer -> assertThat(answer).startsWith("401 "));
    }

    @Test
    void tenantsMayUseTheSameNamesAndDoNotNotice() {
        try (ChunkStore store = server.open("secret", mallory, ChunkStore.OpenMode.CREATE)) {
            assertThat(store.size(ObjectName.CONFIG)).isEmpty();
            assertThat(store.size(name)).isEmpty();
            store.put(ObjectName.CONFIG, ByteBuffer.wrap(new byte[] {1}));
            store.delete(ObjectName.CONFIG);
        }
        try (ChunkStore store = server.open("secret", alice, ChunkStore.OpenMode.EXISTING)) {
            assertThat(store.get(ObjectName.CONFIG, 100)).isEqualTo(CONTENT);
        }
    }
}
