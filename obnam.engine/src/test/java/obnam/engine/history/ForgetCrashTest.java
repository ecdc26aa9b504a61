package obnam.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import obnam.engine.Actor;
import obnam.engine.History;
import obnam.engine.Repository;
import obnam.engine.Snapshot;
import obnam.engine.TestRepository;
import obnam.testkit.FaultyStore;
import obnam.testkit.StoreCall.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forgets that end at every point, and several at once.
class ForgetCrashTest {

    private static final Actor ME = new Actor("host", "user");

    @TempDir
    Path folder;

    private Path source() throws IOException {
        Path source = folder.resolve("source");
        Files.createDirectories(source);
        return Files.writeString(source.resolve("file"), "text").getParent();
    }

    private static List<ObjectName> names(Repository of) {
        History history = of.history(_ -> {});
        assertThat(history.findings()).isEmpty();
        return history.snapshots().stream().map(Snapshot::name).toList();
    }

    @Test
    void aForgetThatEndsAtAnyCallLosesNothingAndCanBeRepeated() throws IOException {
        Path source = source();
        int calls = 0;
        boolean completed = false;
        while (!completed) {
            calls++;
            Path home = Files.createDirectory(folder.resolve("home " + calls));
            try (TestRepository test = TestRepository.create(home)) {
                Snapshot old = test.backup(source);
                Snapshot kept = test.backup(source);
                completed = forgetUpToCall(calls, test, old, home);

                Repository stateless = test.open(test.store(), home.resolve("stateless"));
                assertThat(names(stateless)).as("call %d", calls).endsWith(kept.name());
                assertThat(names(test.repository())).isEqualTo(names(stateless));
                test.repository().forget(Set.of(old.name()), ME);
                assertThat(names(stateless)).as("call %d", calls).containsExactly(kept.name());
                assertThat(test.objects()).doesNotContainKey(old.name());
                Snapshot next = test.backup(source);
                assertThat(names(test.repository())).containsExactly(kept.name(), next.name());
                assertThat(names(stateless)).containsExactly(kept.name(), next.name());
                assertThat(test.check().damaged()).isZero();
            }
        }
        // listing, two snapshots, the question, record, barrier, delete, barrier
        assertThat(calls).isGreaterThanOrEqualTo(8);
    }

    /// Runs a forget whose store answers no call from that number on.
    ///
    /// @return whether it did not need that many
    private static boolean forgetUpToCall(int number, TestRepository test, Snapshot snapshot, Path home) {
        FaultyStore dying = new FaultyStore(test.store())
                .failWhen(call -> call.number() >= number + 2, FaultyStore.Mode.LASTING_ERROR);
        try (Repository repository = test.open(dying, home)) {
            repository.forget(Set.of(snapshot.name()), ME);
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    /// A store that lets something else happen just before the first record is put.
    private static FaultyStore interrupted(TestRepository test, Runnable meanwhile) {
        AtomicBoolean done = new AtomicBoolean();
        return new FaultyStore(test.store())
                .failWhen(
                        call -> {
                            boolean record = call.operation() == Operation.PUT
                                    && call.kind().equals(Optional.of(ObjectKind.SNAPSHOT));
                            if (record && done.compareAndSet(false, true)) {
                                meanwhile.run();
                            }
                            return false;
                        },
                        FaultyStore.Mode.LASTING_ERROR);
    }

    @Test
    void twoMachinesForgetTheSameAtOnce() throws IOException {
        try (TestRepository test = TestRepository.create(folder)) {
            Snapshot old = test.backup(source());
            Snapshot kept = test.backup(source());
            Repository other = test.open(test.store(), folder.resolve("other"));
            Repository slow = test.open(interrupted(test, () -> other.forget(Set.of(old.name()), ME)), folder);

            assertThat(slow.forget(Set.of(old.name()), ME).snapshots()).isEqualTo(1);
            assertThat(names(other)).containsExactly(kept.name());
            assertThat(names(slow)).containsExactly(kept.name());
        }
    }

    @Test
    void aBackupGoesOnBesideAForget() throws IOException {
        Path source = source();
        try (TestRepository test = TestRepository.create(folder)) {
            Snapshot old = test.backup(source);
            Repository other = test.open(test.store(), folder.resolve("other"));
            Repository forgetting = test.open(interrupted(test, () -> test.backup(other, source)), folder);
            forgetting.forget(Set.of(old.name()), ME);

            assertThat(names(other)).hasSize(1).doesNotContain(old.name());
            Repository backing = test.open(interrupted(test, () -> other.forget(names(other), ME)), folder);
            Snapshot last = test.backup(backing, source).snapshot().orElseThrow();
            assertThat(names(test.repository())).containsExactly(last.name());
            assertThat(names(other)).containsExactly(last.name());
        }
    }
}
