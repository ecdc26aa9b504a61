package obnam.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.ChainFinding;
import obnam.engine.Counts;
import obnam.engine.Head;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.format.ChainLink;
import obnam.engine.format.FixedRepository;
import obnam.engine.format.LogRecord;
import obnam.engine.format.RemovalRecord;
import obnam.engine.format.SealedObject;
import obnam.engine.format.SnapshotRecord;
import obnam.engine.format.TagRecord;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.state.KnownHeads;
import obnam.posix.FileNames;
import obnam.posix.Timestamp;
import obnam.testkit.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What counts as a snapshot, with records made one by one.
class SnapshotLogTest {

    private static final String A = "a".repeat(32);
    private static final String B = "b".repeat(32);
    private static final LogRecord.Author AUTHOR = new LogRecord.Author(new Timestamp(9, 0), "h", "u", "v");

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private RepositoryContext context = FixedRepository.context(store, "/none", 1, Clock.systemUTC());

    @BeforeEach
    void makeContext() {
        context = FixedRepository.context(store, folder.toString(), 1, Clock.systemUTC());
    }

    private Head put(String chain, long number, Optional<Head> before, Function<ChainLink, byte[]> record) {
        ChainLink link = new ChainLink(chain, number, before.map(Head::name), List.of());
        byte[] bytes = record.apply(link);
        ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
        store.put(name, ByteBuffer.wrap(bytes));
        return new Head(chain, number, name);
    }

    private Head snapshot(String chain, long number, Optional<Head> before, String... tags) {
        Snapshot snapshot = new Snapshot(
                RecordPublication.UNNAMED,
                new Timestamp(number, 0),
                new Timestamp(number, 0),
                "h",
                "u",
                "v",
                List.of(FileNames.of("/")),
                List.of(tags),
                Optional.empty(),
                new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new TreeReference(0, ChunkId.from(new byte[ChunkId.BYTES], 0), 1));
        return put(chain, number, before, link -> new SnapshotRecord(link, snapshot).encode(context.frames()));
    }

    private Head removal(Head before, boolean annuls, List<Head> records, List<RemovalRecord.Range> ranges) {
        return put(
                before.chain(),
                before.number() + 1,
                Optional.of(before),
                link -> new RemovalRecord(RecordPublication.UNNAMED, link, AUTHOR, annuls, records, ranges)
                        .encode(context.frames()));
    }

    private Head tag(Head before, Head snapshot, long revision, String... tags) {
        return put(
                before.chain(),
                before.number() + 1,
                Optional.of(before),
                link -> new TagRecord(
                                RecordPublication.UNNAMED, link, AUTHOR, List.of(snapshot), revision, List.of(tags))
                        .encode(context.frames()));
    }

    private SnapshotLog read() {
        return SnapshotLog.read(context, (name, error) -> {
            throw error;
        });
    }

    private List<ObjectName> snapshots() {
        return read().snapshots().stream().map(LogRecord::name).toList();
    }

    private List<ChainFinding> findings() {
        return new ChainAudit(read(), KnownHeads.NOTHING).findings();
    }

    @Test
    void forgetsAndAnnulmentsTakeAwayWhatTheyName() {
        Head one = snapshot(A, 0, Optional.empty());
        Head two = snapshot(A, 1, Optional.of(one));
        Head three = snapshot(A, 2, Optional.of(two));
        Head forget = removal(three, false, List.of(one), List.of());
        removal(forget, true, List.of(two), List.of());

        assertThat(snapshots()).containsExactly(three.name());
        assertThat(read().leftovers()).containsExactly(one.name());
        assertThat(findings()).isEmpty();
    }

    @Test
    void aForgetIsBelievedOnlyOfTheRecordAtThePlaceItNames() {
        Head one = snapshot(A, 0, Optional.empty());
        Head two = snapshot(A, 1, Optional.of(one));
        Head otherNumber = new Head(A, 5, one.name());
        Head otherChain = new Head(B, 1, two.name());
        removal(two, false, List.of(otherNumber, otherChain), List.of());

        assertThat(snapshots()).containsExactly(one.name(), two.name());
        assertThat(read().leftovers()).isEmpty();
    }

    @Test
    void rangesExplainAndTakeNothingAway() {
        Head one = snapshot(A, 0, Optional.empty());
        Head two = snapshot(A, 1, Optional.of(one));
        Head three = snapshot(A, 2, Optional.of(two));
        store.delete(two.name());
        assertThat(findings()).containsExactly(new ChainFinding(ChainFinding.Kind.GAP, A, 1, 1));
        removal(three, false, List.of(), List.of(new RemovalRecord.Range(A, 0, 1)));

        assertThat(findings()).isEmpty();
        assertThat(snapshots()).containsExactly(one.name(), three.name());
    }

    @Test
    void theHighestRevisionOfLabelsCountsAndTimesDoNot() {
        Head one = snapshot(A, 0, Optional.empty(), "old");
        Head second = tag(one, one, 2, "new");
        Head first = tag(second, one, 1, "between");
        tag(first, new Head(A, 3, one.name()), 9, "of another place");

        assertThat(tagsOf(one)).containsExactly("new");
    }

    private List<String> tagsOf(Head snapshot) {
        return read().snapshots().stream()
                .filter(record -> record.head().equals(snapshot))
                .findFirst()
                .orElseThrow()
                .snapshot()
                .tags();
    }

    @Test
    void ofTwoTaggingsOfOneRevisionEverybodyChoosesTheSame() {
        Head one = snapshot(A, 0, Optional.empty(), "old");
        Head b = snapshot(B, 0, Optional.empty());
        Head mine = tag(one, one, 1, "mine");
        Head other = tag(b, one, 1, "other");

        String greater = mine.name().compareTo(other.name()) > 0 ? "mine" : "other";
        assertThat(tagsOf(one)).containsExactly(greater);
    }

    @Test
    void hugeNumbersCostNothing() {
        snapshot(A, Long.MAX_VALUE, Optional.empty());
        Head early = snapshot(A, 3, Optional.empty());

        assertThat(findings())
                .containsExactly(
                        new ChainFinding(ChainFinding.Kind.GAP, A, 0, 2),
                        new ChainFinding(ChainFinding.Kind.GAP, A, 4, Long.MAX_VALUE - 1));
        List<RemovalRecord.Range> ranges = new ArrayList<>();
        ranges.add(new RemovalRecord.Range(A, 4, Long.MAX_VALUE));
        ranges.add(new RemovalRecord.Range(A, 0, 2));
        ranges.add(new RemovalRecord.Range(B, 0, 0));
        ranges.add(new RemovalRecord.Range(A, 1, 3));
        assertThat(TakeOver.merged(ranges))
                .containsExactly(new RemovalRecord.Range(A, 0, Long.MAX_VALUE), new RemovalRecord.Range(B, 0, 0));
        removal(early, false, List.of(), ranges.subList(0, 2));
        assertThat(findings()).isEmpty();
    }
}
