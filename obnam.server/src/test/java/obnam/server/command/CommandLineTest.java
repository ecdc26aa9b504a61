package obnam.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import obnam.server.account.Account;
import obnam.server.account.Accounts;
import obnam.server.account.AccountsFile;
import obnam.server.account.LiveAccounts;
import obnam.server.account.Right;
import obnam.server.account.Token;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.AuditLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path config() {
        return folder.resolve("etc/server.yaml");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-c");
        all.add(config().toString());
        return CommandLine.run(
                all,
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Accounts accounts() {
        return new AccountsFile(folder.resolve("etc/accounts.yaml")).read();
    }

    @Test
    void initMakesAConfigurationAndACertificateWhoseFingerprintItShows() throws Exception {
        assertThat(run("init", "--listen", "127.0.0.1:9000")).isZero();
        ServerSettings settings = ServerSettings.read(config());
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.storage()).isEqualTo(folder.resolve("etc/objects").toString());
        assertThat(out()).contains(settings.tls().orElseThrow().fingerprint());
        assertThat(settings.tls().orElseThrow().context()).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
                .isEqualTo("rw-------");

        String before = Files.readString(config());
        assertThat(run("init")).isEqualTo(2);
        assertThat(Files.readString(config())).isEqualTo(before);
    }

    @Test
    void aTokenIsShownOnceAndKeptAsAHash() throws Exception {
        run("init");
        assertThat(run("account", "add", "alice", "--device", "laptop", "--quota", "500GB", "--retention", "30d"))
                .isZero();
        Token token = Token.parse(out().strip()).orElseThrow();
        assertThat(accounts().authenticate(token)).hasValueSatisfying(caller -> {
            assertThat(caller.account().name()).isEqualTo("alice");
            assertThat(caller.token().device()).isEqualTo("laptop");
            assertThat(caller.token().rights()).isEqualTo(Set.of(Right.READ, Right.ADD));
            assertThat(caller.account().rules())
                    .isEqualTo(new Account.Rules(
                            OptionalLong.of(500_000_000_000L), false, Duration.ofDays(30), Duration.ZERO));
        });
        assertThat(Files.readString(folder.resolve("etc/accounts.yaml"))).doesNotContain(token.secret());
        assertThat(Files.readString(folder.resolve("etc/state/audit.log"))).doesNotContain(token.secret());
        run("account", "list");
        assertThat(out()).contains("alice", "laptop", "read,add").doesNotContain(token.secret());
    }

    @Test
    void devicesHaveTokensOfTheirOwnThatAreRevokedOneByOne() {
        run("init");
        run("account", "add", "alice", "--device", "laptop");
        Token laptop = Token.parse(out().strip()).orElseThrow();
        run("account", "add", "alice", "--device", "desk", "--rights", "read,add,delete");
        Token desk = Token.parse(out().strip()).orElseThrow();
        assertThat(run("account", "add", "alice", "--device", "desk")).isEqualTo(2);

        String id = accounts().find("alice").orElseThrow().id();
        assertThat(run("account", "revoke", "alice", "--device", "laptop")).isZero();
        assertThat(accounts().authenticate(laptop)).isEmpty();
        assertThat(accounts().authenticate(desk)).isPresent();
        assertThat(run("account", "revoke", "alice", "--device", "laptop")).isEqualTo(2);
        assertThat(run("account", "revoke", "alice")).isZero();
        assertThat(accounts().authenticate(desk)).isEmpty();
        assertThat(accounts().find("alice").orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void protectionCanBeMadeStrongerAndNotWeaker() {
        run("init");
        run("account", "add", "alice", "--retention", "10d");
        assertThat(run("account", "set", "alice", "--retention", "20d", "--append-only"))
                .isZero();
        assertThat(run("account", "set", "alice", "--retention", "19d")).isEqualTo(2);
        assertThat(run("account", "set", "alice", "--quota", "1GB")).isZero();
        Account.Rules rules = accounts().find("alice").orElseThrow().rules();
        assertThat(rules.retention()).isEqualTo(Duration.ofDays(20));
        assertThat(rules.appendOnly()).isTrue();
        assertThat(rules.quota()).hasValue(1_000_000_000L);
    }

    @Test
    void whatMakesNoSenseIsRefusedInOneLine() {
        run("init");
        for (List<String> arguments : List.of(
                List.of("account", "add", "../x"),
                List.of("account", "add", "Alice"),
                List.of("account", "add", "alice", "--rights", "all"),
                List.of("account", "add", "alice", "--rights", "admin,read"),
                List.of("account", "add", "alice", "--quota", "much"),
                List.of("account", "add"),
                List.of("account", "set", "nobody", "--quota", "1GB"),
                List.of("account", "revoke", "nobody"),
                List.of("no-such-command"),
                List.of("scrub", "--no-such-option"))) {
            assertThat(run(arguments.toArray(String[]::new)))
                    .as("%s", arguments)
                    .isEqualTo(2);
            assertThat(err().lines())
                    .as("%s", arguments)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("obnam-server: ");
        }
    }

    @Test
    void aMisspeltSettingIsNotTakenForTheDefault() throws Exception {
        run("init");
        String good = Files.readString(config());
        for (String bad : List.of(
                "storrage: x\n",
                "limits: {object: 1 KiB}\n",
                "limits: {conections: 3}\n",
                "listen: 70000\n",
                "scrub: 3\n",
                "key: absent.pem\n",
                "- a\n",
                "a: [\n")) {
            Files.writeString(
                    config(),
                    (bad.startsWith("listen") || bad.startsWith("scrub") || bad.startsWith("key")
                                    ? good.replaceAll("(?m)^" + bad.split(":", 2)[0] + ":.*$(\\R  .*)*", "")
                                    : good)
                            + bad);
            assertThat(run(bad.startsWith("key") ? "serve" : "usage")).as(bad).isEqualTo(2);
        }
    }

    @Test
    void withoutACertificateOnlyThisMachineIsListenedOn() throws Exception {
        Files.createDirectories(config().getParent());
        Files.writeString(config(), "listen: 0.0.0.0:8000\nstorage: objects\n");
        assertThat(run("usage")).isEqualTo(2);
        Files.writeString(config(), "listen: 127.0.0.1:8000\nstorage: objects\n");
        assertThat(ServerSettings.read(config()).tls()).isEmpty();
    }

    @Test
    void accountsAreReadAgainWhenTheirFileChanges() throws Exception {
        run("init");
        run("account", "add", "alice");
        Token token = Token.parse(out().strip()).orElseThrow();
        long[] nanos = {0};
        LiveAccounts live = new LiveAccounts(new AccountsFile(folder.resolve("etc/accounts.yaml")), () -> nanos[0]);
        assertThat(live.get().authenticate(token)).isPresent();
        run("account", "revoke", "alice");
        assertThat(live.get().authenticate(token)).isPresent();
        nanos[0] += 1_100_000_000L;
        assertThat(live.get().authenticate(token)).isEmpty();

        run("account", "add", "alice");
        Token other = Token.parse(out().strip()).orElseThrow();
        live.reload();
        assertThat(live.get().authenticate(other)).isPresent();
        Files.writeString(folder.resolve("etc/accounts.yaml"), "alice: [");
        nanos[0] += 1_100_000_000L;
        assertThat(live.get().authenticate(other)).isPresent();
    }

    @Test
    void everyChangeOfAccountsIsInTheAuditLogWhichShowsIfItWasChanged() throws Exception {
        run("init");
        run("account", "add", "alice");
        run("account", "set", "alice", "--append-only");
        run("account", "revoke", "alice");
        Path file = folder.resolve("etc/state/audit.log");
        AuditLog log = new AuditLog(file, java.time.InstantSource.system());
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(log.firstBrokenLine()).isEmpty();
        Files.write(file, List.of(lines.get(0), lines.get(1).replace("alice", "bob"), lines.get(2)));
        assertThat(log.firstBrokenLine()).hasValue(3);
        Files.write(file, List.of(lines.get(0), lines.get(2)));
        assertThat(log.firstBrokenLine()).hasValue(2);
        Files.write(file, lines.subList(1, 3));
        assertThat(log.firstBrokenLine()).hasValue(1);
    }
}
