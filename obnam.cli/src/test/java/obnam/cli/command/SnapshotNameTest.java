package obnam.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.UsageException;
import obnam.cli.FakeMachine;
import obnam.engine.Counts;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.posix.FileNames;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class SnapshotNameTest {

    private static final Clock CLOCK = Clock.fixed(FakeMachine.NOW, ZoneOffset.UTC);

    /// A snapshot for tests.
    ///
    /// @param prefix first digits of its name
    /// @param time when it was made, as ISO 8601 has it
    public static Snapshot snapshot(String prefix, String time) {
        Timestamp at = new Timestamp(Instant.parse(time).getEpochSecond(), 0);
        return new Snapshot(
                new ObjectName(ObjectKind.SNAPSHOT, prefix + "0".repeat(64 - prefix.length())),
                at,
                at,
                "host",
                "user",
                "1",
                List.of(FileNames.of("/home")),
                List.of("daily"),
                Optional.empty(),
                new Counts(1, 1, 0, 2048, 1, 1, 1, 1, 1, 0),
                new TreeReference(0, ChunkId.from(new byte[32], 0), 1));
    }

    private static final List<Snapshot> SNAPSHOTS = List.of(
            snapshot("aaaa1", "2026-11-01T00:00:00Z"),
            snapshot("aaaa2", "2026-11-03T00:00:00Z"),
            snapshot("bbbb", "2026-11-02T00:00:00Z"),
            snapshot("cccc", "2026-11-24T00:00:00Z"),
            snapshot("dddd", "2026-11-25T00:00:00Z"));

    private static SnapshotName parse(String text) {
        return SnapshotName.parse(new RawText(FileNames.of(text)));
    }

    private static String resolve(String name) {
        return parse(name).resolve(SNAPSHOTS, CLOCK).name().hex().substring(0, 5);
    }

    @Test
    void latestGoesByTimeAndPassesOverTheFuture() {
        assertThat(resolve("latest")).isEqualTo("cccc0");
        assertThat(resolve("latest~0")).isEqualTo("cccc0");
        assertThat(resolve("latest~1")).isEqualTo("aaaa2");
        assertThat(resolve("latest~3")).isEqualTo("aaaa1");
        assertThatThrownBy(() -> resolve("latest~4"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("There are only 4");
    }

    @Test
    void aSnapshotFromTheFutureIsLatestIfItIsAlone() {
        List<Snapshot> alone = List.of(SNAPSHOTS.getLast());

        assertThat(parse("latest").resolve(alone, CLOCK)).isEqualTo(alone.getFirst());
    }

    @Test
    void aPrefixMustBeUnique() {
        assertThat(resolve("aaaa2")).isEqualTo("aaaa2");
        assertThat(resolve("dddd")).isEqualTo("dddd0");
        assertThatThrownBy(() -> resolve("aaaa"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("fits 2 snapshots: aaaa. They are aaaa1000, aaaa2000");
        assertThatThrownBy(() -> resolve("eeee")).hasMessageContaining("no snapshot of this name: eeee");
        assertThatThrownBy(() -> parse("latest").resolve(List.of(), CLOCK)).hasMessageContaining("run obnam backup");
    }

    @Test
    void aPathMayFollow() {
        assertThat(parse("latest").path()).isEmpty();
        assertThat(parse("latest:/").path()).isEmpty();
        assertThat(parse("latest~1:/a:b/../c/").path().map(FileNames::display))
                .contains("/a:b/../c".replace("a:b/../", ""));
        assertThat(SnapshotName.parse(new RawText("abcd:/\u00ff".getBytes(StandardCharsets.ISO_8859_1)))
                        .path()
                        .orElseThrow())
                .isEqualTo(new byte[] {'/', (byte) 0xff});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "ABCD", "latest~", "latest~x", "newest", "latest:x", "latest:", "latest~9999999999"})
    void otherFormsAreRefused(String name) {
        assertThatThrownBy(() -> parse(name)).isInstanceOf(UsageException.class);
    }
}
