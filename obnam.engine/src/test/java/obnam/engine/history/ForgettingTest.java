package obnam.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.api.StoreException;
import obnam.engine.Actor;
import obnam.engine.ForgetResult;
import obnam.engine.Head;
import obnam.engine.History;
import obnam.engine.Receipt;
import obnam.engine.Repository;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import obnam.testkit.FaultyStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {

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

    private static List<ObjectName> names(Repository of) {
        History history = of.history(_ -> {});
        assertThat(history.findings()).isEmpty();
        return history.snapshots().stream().map(Snapshot::name).toList();
    }

    private long records() {
        return test.objects().keySet().stream()
                .filter(name -> name.kind() == ObjectKind.SNAPSHOT)
                .count();
    }

    @Test
    void whatIsForgottenIsGoneAndExplained() {
        Snapshot first = test.backup(source);
        Snapshot second = test.backup(source);
        Snapshot third = test.backup(source);

        ForgetResult result = repository.forget(Set.of(second.name()), ME);

        assertThat(result.snapshots()).isEqualTo(1);
        assertThat(result.head().orElseThrow().number()).isEqualTo(3);
        assertThat(names(repository)).containsExactly(first.name(), third.name());
        assertThat(test.objects()).doesNotContainKey(second.name());
        assertThat(test.check().damaged()).isZero();
        // a machine that remembers nothing is told the same
        assertThat(names(test.open(test.store(), folder.resolve("other")))).containsExactly(first.name(), third.name());
        assertThat(repository.forget(Set.of(second.name()), ME).head()).isEmpty();
        assertThat(records()).isEqualTo(3);
    }

    @Test
    void theChainGoesOnWhenItsNewestIsForgotten() {
        test.backup(source);
        Head newest = test.backup(repository, source).head().orElseThrow();
        repository.forget(Set.of(newest.name()), ME);

        Head next = test.backup(repository, source).head().orElseThrow();
        assertThat(next.chain()).isEqualTo(newest.chain());
        assertThat(next.number()).isEqualTo(3);
        assertThat(names(repository)).hasSize(2);
        repository.expect(Receipt.of(newest));
    }

    @Test
    void theRecordIsDurableBeforeAnythingIsDeleted() {
        Snapshot one = test.backup(source);
        test.backup(source);
        RecordingStore recording = new RecordingStore(test.store());
        try (Repository watched = test.open(recording, folder)) {
            watched.forget(Set.of(one.name()), ME);
        }
        List<StoreCall> calls = recording.calls().stream()
                .filter(call -> call.operation() == Operation.PUT
                        || call.operation() == Operation.BARRIER
                        || call.operation() == Operation.DELETE)
                .toList();
        // the first delete asks whether deleting is allowed, and names nothing that was ever there
        assertThat(calls)
                .extracting(StoreCall::operation)
                .containsExactly(
                        Operation.DELETE, Operation.PUT, Operation.BARRIER, Operation.DELETE, Operation.BARRIER);
        assertThat(calls.getFirst().name()).isNotEqualTo(calls.get(3).name());
        assertThat(calls.get(3).name()).contains(one.name());
    }

    @Test
    void aForgetThatWasInterruptedCountsAndTheNextOneFinishesIt() {
        Snapshot one = test.backup(source);
        Snapshot two = test.backup(source);
        FaultyStore faulty = new FaultyStore(test.store())
                .failWhen(
                        call -> call.operation() == Operation.DELETE
                                && call.name().filter(one.name()::equals).isPresent(),
                        FaultyStore.Mode.LASTING_ERROR);
        try (Repository broken = test.open(faulty, folder)) {
            assertThatThrownBy(() -> broken.forget(Set.of(one.name()), ME))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("1 snapshot")
                    .hasMessageContaining("The next obnam forget deletes");
        }
        assertThat(test.objects()).containsKey(one.name());
        assertThat(names(repository)).containsExactly(two.name());

        ForgetResult finished = repository.forget(Set.of(), ME);
        assertThat(finished.finished()).isEqualTo(1);
        assertThat(finished.snapshots()).isZero();
        assertThat(test.objects()).doesNotContainKey(one.name());
        assertThat(names(repository)).containsExactly(two.name());
    }

    @Test
    void aStoreThatForbidsDeletingForgetsNothing() {
        Snapshot one = test.backup(source);
        long before = records();
        FaultyStore appendOnly = new FaultyStore(test.store())
                .failWhen(call -> call.operation() == Operation.DELETE, FaultyStore.Mode.LASTING_ERROR);
        try (Repository limited = test.open(appendOnly, folder)) {
            assertThatThrownBy(() -> limited.forget(Set.of(one.name()), ME))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not let this client delete, so nothing was forgotten");
        }
        assertThat(records()).isEqualTo(before);
        assertThat(names(repository)).containsExactly(one.name());
    }

    @Test
    void theLogDoesNotGrowWithEachForget() {
        Repository other = test.open(test.store(), folder.resolve("other"));
        List<Snapshot> kept = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Snapshot made = test.backup(i % 10 == 0 ? other : repository, source)
                    .snapshot()
                    .orElseThrow();
            kept.add(made);
            if (kept.size() > 3) {
                repository.forget(Set.of(kept.removeFirst().name()), ME);
            }
        }
        assertThat(names(repository))
                .containsExactlyElementsOf(kept.stream().map(Snapshot::name).toList());
        assertThat(names(other)).hasSize(3);
        assertThat(names(test.open(test.store(), folder.resolve("third")))).hasSize(3);
        assertThat(records()).isLessThan(3 + 2 * TakeOver.LEAST);
        assertThat(test.check().damaged()).isZero();
    }

    @Test
    void aBrokenSnapshotIsAnnulledAfterItsLossesAreTold() throws IOException {
        Snapshot good = test.backup(source);
        Set<ObjectName> before = Set.copyOf(test.objects().keySet());
        Files.writeString(source.resolve("other"), "lost");
        Snapshot broken = test.backup(source);
        assertThat(repository.losses(broken, true, test.progress())).isZero();
        test.objects().keySet().stream()
                .filter(name -> name.kind() == ObjectKind.PACK && !before.contains(name))
                .filter(pack -> !isNeededForListing(pack, broken))
                .toList()
                .forEach(test::remove);

        assertThat(repository.losses(good, true, test.progress())).isZero();
        assertThat(repository.losses(broken, false, test.progress())).isEqualTo(1);
        assertThat(test.problemTexts()).anyMatch(text -> text.startsWith(source + "/other: "));
        repository.annul(broken, ME);
        assertThat(names(repository)).containsExactly(good.name());
        assertThat(test.objects()).containsKey(broken.name());
        assertThat(names(test.open(test.store(), folder.resolve("other")))).containsExactly(good.name());
    }

    @Test
    void aRecordThatCannotBeReadIsInDoubtUntilItIsForgotten() {
        Snapshot damaged = test.backup(source);
        Snapshot last = test.backup(source);
        for (Snapshot snapshot : List.of(damaged, last)) {
            byte[] bytes = test.objects().get(snapshot.name());
            bytes[200] ^= 1;
            test.replace(snapshot.name(), bytes);

            assertThat(repository.history(_ -> {}).unreadable()).containsExactly(snapshot.name());
            assertThat(repository.forget(Set.of(snapshot.name()), ME).snapshots())
                    .isEqualTo(1);
            assertThat(repository.history(_ -> {}).unreadable()).isEmpty();
            assertThat(test.objects()).doesNotContainKey(snapshot.name());
        }
        assertThat(names(repository)).isEmpty();
        assertThat(names(test.open(test.store(), folder.resolve("new")))).isEmpty();
        assertThat(test.check().damaged()).isZero();
    }

    /// Whether a pack has trees, and not data.
    private boolean isNeededForListing(ObjectName pack, Snapshot snapshot) {
        byte[] content = test.objects().get(pack);
        test.remove(pack);
        try {
            repository.list(snapshot, new byte[0], true, (_, _, _, _) -> {});
            return false;
        } catch (ObnamException _) {
            return true;
        } finally {
            test.replace(pack, content);
        }
    }

    @Test
    void labelsOfTheHighestRevisionCountAndGoWithTheirSnapshot() {
        Snapshot one = test.backup(source);
        Repository other = test.open(test.store(), folder.resolve("other"));

        assertThat(repository.tag(Set.of(one.name()), _ -> List.of("a"), ME)).isEqualTo(1);
        assertThat(other.tag(Set.of(one.name()), tags -> List.of(tags.getFirst(), "b"), ME))
                .isEqualTo(1);
        assertThat(other.tag(Set.of(one.name()), tags -> tags, ME)).isZero();
        assertThat(repository.snapshots(_ -> {}).getFirst().tags()).containsExactly("a", "b");
        assertThat(names(repository)).containsExactly(one.name());
        assertThat(records()).isEqualTo(3);

        repository.forget(Set.of(one.name()), ME);
        assertThat(records()).isEqualTo(1);
        assertThat(names(repository)).isEmpty();
        assertThat(names(other)).isEmpty();
    }
}
