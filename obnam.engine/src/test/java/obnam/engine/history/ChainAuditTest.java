package obnam.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.BackupResult;
import obnam.engine.ChainFinding;
import obnam.engine.ChainFinding.Kind;
import obnam.engine.Head;
import obnam.engine.History;
import obnam.engine.Receipt;
import obnam.engine.Repository;
import obnam.engine.TestRepository;
import obnam.testkit.FaultyStore;
import obnam.testkit.MemoryStore;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that lose, hide and exchange records, and clients that work with copies of a state.
class ChainAuditTest {

    private static final Actor ME = new Actor("host", "user");

    @TempDir
    Path folder;

    private TestRepository test;
    private Repository repository;
    private Path source;

    @BeforeEach
    void makeRepository() throws IOException {
        test = TestRepository.create(folder);
        repository = test.repository();
        source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("file"), "text");
    }

    @AfterEach
    void closeRepository() {
        test.close();
    }

    private Head backup(Repository machine) {
        BackupResult result = test.backup(machine, source);
        return result.head().orElseThrow();
    }

    private Repository machine(String name) {
        return test.open(test.store(), folder.resolve(name));
    }

    private static List<ChainFinding> findings(Repository machine) {
        return machine.history(_ -> {}).findings();
    }

    private static ChainFinding finding(Kind kind, Head first, Head last) {
        return new ChainFinding(kind, first.chain(), first.number(), last.number());
    }

    private static ChunkStore storeOf(SortedMap<ObjectName, byte[]> objects) {
        MemoryStore store = new MemoryStore();
        objects.forEach((name, bytes) -> store.put(name, ByteBuffer.wrap(bytes)));
        return store;
    }

    @Test
    void soundChainsHaveNoFindings() {
        Repository other = machine("other");
        for (int i = 0; i < 3; i++) {
            backup(repository);
            backup(other);
        }
        assertThat(findings(repository)).isEmpty();
        assertThat(findings(other)).isEmpty();
        assertThat(findings(machine("new"))).isEmpty();
    }

    @Test
    void aDroppedRecordIsAGapForEverybody() {
        backup(repository);
        Head dropped = backup(repository);
        Head another = backup(repository);
        Head newest = backup(repository);
        test.remove(dropped.name());
        test.remove(another.name());

        ChainFinding gap = finding(Kind.GAP, dropped, another);
        assertThat(findings(repository)).containsExactly(gap);
        assertThat(findings(machine("new"))).containsExactly(gap);
        assertThat(gap.text())
                .isEqualTo("records 1 to 2 of chain " + newest.chain().substring(0, 8)
                        + " are missing, and nothing says that somebody forgot them");
        assertThat(test.check().damaged()).isEqualTo(1);
        assertThat(test.problemTexts()).anyMatch(text -> text.contains("records 1 to 2 of chain"));
        BackupResult result = test.backup(repository, source);
        assertThat(result.snapshot()).isPresent();
        assertThat(result.findings()).containsExactly(gap);
    }

    @Test
    void aStoreThatRollsBackShowsAnOlderHead() {
        backup(repository);
        SortedMap<ObjectName, byte[]> old = test.objects();
        Head lost = backup(repository);
        Head newest = backup(repository);
        Repository rolledBack = test.open(storeOf(old), folder);

        assertThat(findings(rolledBack)).containsExactly(finding(Kind.OLDER_HEAD, lost, newest));
        // who remembers nothing is helped by a receipt
        Repository stateless = test.open(storeOf(old), folder.resolve("new"));
        assertThat(findings(stateless)).isEmpty();
        assertThatThrownBy(() -> stateless.expect(Receipt.of(newest)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining(Receipt.of(newest).toString());
        repository.expect(Receipt.of(newest));
        // a backup goes on behind what was lost, so the gap stays visible
        Head next = backup(rolledBack);
        assertThat(next.number()).isEqualTo(newest.number() + 1);
        assertThat(findings(rolledBack)).containsExactly(finding(Kind.GAP, lost, newest));
    }

    @Test
    void aHiddenChainIsMissedByThoseWhoSawIt() {
        Repository other = machine("other");
        Head first = backup(other);
        Head last = backup(other);
        backup(repository);
        test.remove(first.name());
        test.remove(last.name());

        ChainFinding hidden = finding(Kind.HIDDEN_CHAIN, first, last);
        assertThat(findings(repository)).containsExactly(hidden);
        // the record of the first machine tells that it saw the other
        assertThat(findings(machine("new"))).containsExactly(hidden);
    }

    @Test
    void anotherRecordInThePlaceOfOneThatWasSeenIsAFork() throws IOException {
        backup(repository);
        copyState(folder, folder.resolve("clone"));
        SortedMap<ObjectName, byte[]> before = test.objects();
        Head mine = backup(repository);
        ChunkStore cloneStore = storeOf(before);
        Head other = backup(test.open(cloneStore, folder.resolve("clone")));
        byte[] otherBytes = cloneStore.get(other.name(), 1 << 20);
        assertThat(other.chain()).isEqualTo(mine.chain());
        assertThat(other.number()).isEqualTo(mine.number());

        // a store that shows each machine its own records is found out when it shows another's
        assertThat(findings(test.open(cloneStore, folder))).containsExactly(finding(Kind.FORK, mine, mine));
        // shown together
        test.replace(other.name(), otherBytes);
        assertThat(findings(machine("new"))).containsExactly(finding(Kind.FORK, mine, mine));
        // whoever finds its chain forked starts a new one
        assertThat(backup(repository).chain()).isNotEqualTo(mine.chain());
        // one of the two is forgotten, then all is explained
        repository.forget(Set.of(other.name()), ME);
        assertThat(findings(repository)).isEmpty();
        assertThat(findings(machine("new"))).isEmpty();
    }

    private static void copyState(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("state"));
        Files.copy(from.resolve("state/chain"), to.resolve("state/chain"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void gapsThatAreAcceptedAreNotToldAgain() {
        backup(repository);
        Head dropped = backup(repository);
        backup(repository);
        test.remove(dropped.name());

        assertThat(repository.acceptGaps(ME)).hasSize(1);
        assertThat(findings(repository)).isEmpty();
        assertThat(findings(machine("new"))).isEmpty();
        assertThat(repository.acceptGaps(ME)).isEmpty();
        assertThat(test.check().damaged()).isZero();
    }

    @Test
    void aRollBackThatIsAcceptedIsNotToldAgain() {
        backup(repository);
        SortedMap<ObjectName, byte[]> old = test.objects();
        Head lost = backup(repository);
        Repository rolledBack = test.open(storeOf(old), folder);

        assertThat(rolledBack.acceptGaps(ME)).containsExactly(finding(Kind.OLDER_HEAD, lost, lost));
        assertThat(findings(rolledBack)).isEmpty();
        assertThat(backup(rolledBack).number()).isEqualTo(3);
        assertThat(findings(rolledBack)).isEmpty();
    }

    @Test
    void aDamagedRecordIsToldOnceAndIsNoGap() {
        backup(repository);
        Head damaged = backup(repository);
        backup(repository);
        byte[] bytes = test.objects().get(damaged.name());
        bytes[100] ^= 1;
        test.replace(damaged.name(), bytes);

        assertThat(findings(repository)).isEmpty();
        assertThat(test.check().damaged()).isEqualTo(1);
    }

    @Test
    void recordsThatAppearDuringAListingAreNoGap() {
        backup(repository);
        backup(repository);
        backup(repository);
        AtomicInteger listings = new AtomicInteger();
        FaultyStore late = new FaultyStore(test.store())
                .failWhen(
                        call -> call.operation() == Operation.LIST
                                && call.kind().equals(Optional.of(ObjectKind.SNAPSHOT))
                                && listings.incrementAndGet() == 1,
                        FaultyStore.Mode.SHORT_BODY);

        History history = test.open(late, folder).history(_ -> {});
        assertThat(history.findings()).isEmpty();
        assertThat(history.snapshots()).hasSize(3);
        assertThat(listings).hasValue(2);
    }

    @Test
    void receiptsAreShortAndReadBack() {
        Head head = backup(repository);
        Receipt receipt = Receipt.of(head);
        assertThat(receipt.toString()).matches("[0-9a-f]{8}-0-[0-9a-f]{16}");
        assertThat(Receipt.parse(receipt.toString())).contains(receipt);
        repository.expect(receipt);
        repository.expect(
                Receipt.parse(head.chain() + "-0-" + head.name().hex()).orElseThrow());
        assertThatThrownBy(() -> repository.expect(new Receipt(receipt.chain(), 1, receipt.name())))
                .isInstanceOf(DamageException.class);
        assertThat(List.of("", "abc-1-def", "12345678-1-0123456789abcdeF", "12345678--0123456789abcdef"))
                .allMatch(text -> Receipt.parse(text).isEmpty());
    }
}
