package obnam.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prunes with nobody else at work.
final class PruneTest {

    @TempDir
    Path folder;

    private PruneWorld world;

    @BeforeEach
    void makeRepository() throws IOException {
        world = new PruneWorld(folder);
    }

    @Test
    void whatNoSnapshotNeedsIsDeletedAndTheRestStays() throws IOException {
        world.write("a", 1, 400_000);
        world.write("b", 2, 400_000);
        Snapshot first = world.backup();
        world.write("a", 3, 400_000);
        Snapshot second = world.backup();
        long before = world.bytes(ObjectKind.PACK);
        world.forget(first);

        PruneResult result = world.prune();

        assertThat(result.deletedBytes()).isGreaterThan(400_000);
        assertThat(world.bytes(ObjectKind.PACK)).isLessThan(before - 390_000);
        world.requireWhole(second);
        world.requireClean();
    }

    @Test
    void withoutSnapshotsAllPacksAndIndexesGo() throws IOException {
        world.write("a", 1, 400_000);
        Snapshot only = world.backup();
        world.forget(only);

        PruneResult result = world.prune();

        assertThat(result.deletedPacks()).isEqualTo(result.packs()).isPositive();
        assertThat(world.count(ObjectKind.PACK)).isZero();
        assertThat(world.count(ObjectKind.INDEX)).isZero();
        assertThat(world.prune().requests()).isZero(); // counted by the facade only
    }

    @Test
    void aPruneWithNothingToDoChangesNothing() throws IOException {
        world.write("a", 1, 400_000);
        Snapshot only = world.backup();
        Map<ObjectName, byte[]> before = new TreeMap<>(world.store.contents());

        PruneResult result = world.prune();

        assertThat(world.store.contents().keySet()).isEqualTo(before.keySet());
        assertThat(result.deletedObjects()).isZero();
        assertThat(result.newBytes()).isZero();
        world.requireWhole(only);
    }

    @Test
    void aDryRunTellsAndDoesNothing() throws IOException {
        world.write("a", 1, 400_000);
        Snapshot first = world.backup();
        world.write("a", 2, 400_000);
        world.backup();
        world.forget(first);
        Map<ObjectName, byte[]> before = new TreeMap<>(world.store.contents());

        PruneResult result = world.prune(new PruneRequest(0.05, Long.MAX_VALUE, false, true));

        assertThat(result.deletedBytes()).isGreaterThan(400_000);
        assertThat(world.store.contents().keySet()).isEqualTo(before.keySet());
    }

    @Test
    void manySmallBackupsBecomeFewObjects() throws IOException {
        for (int i = 0; i < 60; i++) {
            world.write("f" + i, i, 2_000);
        }
        Snapshot last = world.backup();
        for (int i = 0; i < 500; i++) {
            world.write("f" + i % 60, 1000 + i, 2_000);
            Snapshot before = last;
            last = world.backup();
            if (i % 50 != 0) {
                world.forget(before);
            }
        }
        assertThat(world.count(ObjectKind.PACK)).isGreaterThan(1000);

        PruneResult result = world.prune();

        assertThat(world.count(ObjectKind.PACK)).as("%s", result).isLessThanOrEqualTo(4);
        assertThat(world.count(ObjectKind.INDEX)).isLessThanOrEqualTo(4);
        assertThat(world.bytes(ObjectKind.PACK)).isLessThan(1_500_000);
        world.requireWhole(last);
        world.requireClean();
    }

    @Test
    void wholeBlocksMoveWithoutBeingOpened() throws IOException {
        world.write("a", 1, 3_000_000);
        world.write("b", 2, 3_000_000);
        Snapshot first = world.backup();
        Files.delete(world.root.resolve("b"));
        Snapshot second = world.backup();
        world.forget(first);

        PruneResult result = world.prune(new PruneRequest(0.05, Long.MAX_VALUE, true, false));

        assertThat(result.movedBytes()).isBetween(3_000_000L, 4_500_000L);
        assertThat(result.rewrittenBytes()).isLessThan(1_200_000);
        world.requireWhole(second);
        world.requireClean();
        assertThat(world.bytes(ObjectKind.PACK)).isLessThan(4_500_000);
    }

    @Test
    void noMoreIsMovedThanAllowed() throws IOException {
        world.write("a", 1, 3_000_000);
        world.write("b", 2, 3_000_000);
        Snapshot first = world.backup();
        Files.delete(world.root.resolve("b"));
        Snapshot second = world.backup();
        world.forget(first);

        PruneResult result = world.prune(new PruneRequest(0, 1_000_000, false, false));

        assertThat(result.movedBytes()).isLessThan(1_000_000);
        world.requireWhole(second);
        assertThat(world.prune(new PruneRequest(1, Long.MAX_VALUE, false, false))
                        .movedBytes())
                .isZero();
    }

    @Test
    void aPackThatASnapshotNeedsAndThatIsGoneEndsThePruneWithItsName() throws IOException {
        world.write("a", 1, 400_000);
        Snapshot first = world.backup();
        world.write("b", 2, 400_000);
        Snapshot second = world.backup();
        world.forget(first);
        List<ObjectName> packs = world.names(ObjectKind.PACK);
        for (ObjectName pack : packs) {
            PruneWorld broken = world.copy(folder.resolve("state-" + pack.hex()));
            broken.store.delete(pack);
            try {
                broken.prune();
                broken.requireWhole(second);
            } catch (DamageException e) {
                assertThat(e).hasMessageContaining(second.name().hex());
                assertThat(broken.names(ObjectKind.PACK)).hasSize(packs.size() - 1);
            }
        }
        world.store.delete(packs.getFirst());
        world.store.delete(packs.get(1));
        assertThatThrownBy(world::prune).isInstanceOf(DamageException.class);
    }

    @Test
    void packsThatNoIndexKnowsAreTakenUpAndLeftAloneOnce() throws IOException {
        world.write("a", 1, 400_000);
        Snapshot only = world.backup();
        world.names(ObjectKind.INDEX).forEach(world.store::delete);

        assertThat(world.prune().indexedPacks()).isEqualTo(2);
        world.requireWhole(only);
        world.forget(only);
        world.names(ObjectKind.INDEX).forEach(world.store::delete);
        world.prune();
        assertThat(world.count(ObjectKind.PACK)).isEqualTo(2);
        world.prune();
        assertThat(world.count(ObjectKind.PACK)).isZero();
    }
}
