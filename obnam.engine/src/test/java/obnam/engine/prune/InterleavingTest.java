package obnam.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.PruneRequest;
import obnam.engine.Snapshot;
import obnam.testkit.FaultyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One run does all it does between two calls of another: for each pair of calls.
final class InterleavingTest {

    private static final PruneRequest THOROUGH = new PruneRequest(0, Long.MAX_VALUE, false, false);

    @TempDir
    Path folder;

    private PruneWorld world;
    private Snapshot parent;

    /// What the first snapshot alone had is dead, and part of it is live data again.
    @BeforeEach
    void makeRepository() throws IOException {
        world = new PruneWorld(folder);
        world.write("kept", 1, 60_000);
        world.write("gone", 2, 60_000);
        Snapshot first = world.backup();
        Files.delete(world.root.resolve("gone"));
        Files.createDirectories(world.root);
        world.write("other", 3, 20_000);
        parent = world.backup();
        world.forget(first);
        world.write("gone", 2, 60_000);
        world.write("new", 4, 20_000);
    }

    private interface Others {
        void act(PruneWorld here);
    }

    /// Runs a backup for each of its calls, with the others just before it, until a backup has no such call.
    private int backupsWith(Others others) throws IOException {
        for (int call = 1; ; call++) {
            PruneWorld here = world.copy(folder.resolve("state-" + call));
            InterleavedStore store = new InterleavedStore(here.store, call, () -> others.act(here));
            Snapshot made = here.backup(here.client(store));
            here.requireWhole(made);
            here.requireAllWhole();
            here.prune(here.store, THOROUGH);
            here.requireWhole(made);
            here.requireAllWhole();
            here.requireClean();
            assertThat(here.count(ObjectKind.NOTICE)).as("before call %d", call).isZero();
            if (!store.reached()) {
                return call - 1;
            }
        }
    }

    @Test
    void aWholePruneMayComeAnywhereInABackup() throws IOException {
        assertThat(backupsWith(here -> here.prune(here.store, THOROUGH))).isGreaterThan(15);
    }

    @Test
    void theParentMayBeForgottenAndPrunedAnywhereInABackup() throws IOException {
        assertThat(backupsWith(here -> {
                    here.forget(parent);
                    here.prune(here.store, THOROUGH);
                }))
                .isGreaterThan(15);
    }

    @Test
    void twoPrunesAndAForgetBetweenThemMayComeAnywhereInABackup() throws IOException {
        assertThat(backupsWith(here -> {
                    here.prune(here.store, THOROUGH);
                    here.forget(parent);
                    here.prune(here.store, THOROUGH);
                }))
                .isGreaterThan(15);
    }

    @Test
    void aPruneMayDieAfterItCondemnedPacksAnywhereInABackup() throws IOException {
        assertThat(backupsWith(here -> {
                    here.forget(parent);
                    dieAfterCondemning(here);
                }))
                .isGreaterThan(15);
    }

    /// A prune that puts its condemned set and stops for ever.
    private static void dieAfterCondemning(PruneWorld here) {
        int indexes = here.count(ObjectKind.INDEX);
        FaultyStore dying = new FaultyStore(here.store)
                .failWhen(call -> here.count(ObjectKind.INDEX) > indexes, FaultyStore.Mode.LASTING_ERROR);
        try {
            here.prune(dying, THOROUGH);
        } catch (obnam.api.StoreException _) {
            // as it should
        }
    }

    @Test
    void aNoticeMayBeDroppedAndThePartsItProtectedPruned() throws IOException {
        assertThat(backupsWith(here -> {
                    List<ObjectName> notices = here.names(ObjectKind.NOTICE);
                    notices.forEach(here.store::delete);
                    here.forget(parent);
                    here.prune(here.store, THOROUGH);
                }))
                .isGreaterThan(15);
    }

    @Test
    void aWholeBackupMayComeAnywhereInAPrune() throws IOException {
        for (int call = 1; ; call++) {
            PruneWorld here = world.copy(folder.resolve("state-" + call));
            InterleavedStore store = new InterleavedStore(here.store, call, () -> backup(here));
            here.prune(store, THOROUGH);
            here.requireAllWhole();
            here.prune(here.store, THOROUGH);
            here.requireAllWhole();
            here.requireClean();
            if (!store.reached()) {
                assertThat(call).isGreaterThan(40);
                return;
            }
        }
    }

    private static void backup(PruneWorld here) {
        try {
            here.requireWhole(here.backup());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWholePruneMayComeAnywhereInAPrune() throws IOException {
        for (int call = 1; ; call++) {
            PruneWorld here = world.copy(folder.resolve("state-" + call));
            Path other = folder.resolve("other-" + call);
            InterleavedStore store =
                    new InterleavedStore(here.store, call, () -> here.pruneAs(other, here.store, THOROUGH));
            here.prune(store, THOROUGH);
            here.requireAllWhole();
            here.prune(here.store, THOROUGH);
            here.requireAllWhole();
            here.requireClean();
            if (!store.reached()) {
                assertThat(call).isGreaterThan(40);
                return;
            }
        }
    }

    @Test
    void aBackupAndAForgetMayComeAnywhereInAPrune() throws IOException {
        for (int call = 1; ; call++) {
            PruneWorld here = world.copy(folder.resolve("state-" + call));
            InterleavedStore store = new InterleavedStore(here.store, call, () -> {
                backup(here);
                here.forget(parent);
            });
            here.prune(store, THOROUGH);
            here.requireAllWhole();
            here.prune(here.store, THOROUGH);
            here.requireAllWhole();
            here.requireClean();
            if (!store.reached()) {
                return;
            }
        }
    }
}
