package obnam.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.PruneRequest;
import obnam.engine.PruneResult;
import obnam.engine.Snapshot;
import obnam.engine.TreeReference;
import obnam.engine.format.NoticeObject;
import obnam.engine.format.SealedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What notices of runs that never ended do to prunes.
final class NoticeTest {

    private static final String RUN = "00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    private PruneWorld world;

    @BeforeEach
    void makeRepository() throws IOException {
        world = new PruneWorld(folder);
        world.write("a", 1, 100_000);
    }

    private ObjectName notice(Optional<TreeReference> tree, List<ObjectName> packs) {
        byte[] bytes = new NoticeObject(RUN, 0, tree, packs)
                .encode(world.client(world.store).context().frames());
        ObjectName name = SealedObject.name(ObjectKind.NOTICE, bytes, bytes.length);
        world.store.put(name, ByteBuffer.wrap(bytes));
        return name;
    }

    @Test
    void whatANoticeNamesStaysUntilEightPrunesHavePassed() throws IOException {
        Snapshot only = world.backup();
        ObjectName notice = notice(Optional.of(only.tree()), List.of());
        world.forget(only);
        for (int i = 1; i < NoticeAges.LIFE; i++) {
            PruneResult result = world.pruneAs(folder.resolve("pruner" + i % 3), world.store, PruneRequest.DEFAULT);
            assertThat(result.droppedNotices()).isZero();
            assertThat(world.count(ObjectKind.PACK)).as("after %d prunes", i).isEqualTo(2);
            assertThat(world.names(ObjectKind.NOTICE)).containsExactly(notice);
        }

        assertThat(world.prune().droppedNotices()).isEqualTo(1);

        assertThat(world.count(ObjectKind.NOTICE)).isZero();
        world.prune();
        assertThat(world.count(ObjectKind.PACK)).isZero();
        assertThat(world.count(ObjectKind.INDEX)).isEqualTo(1); // remembers the tree
    }

    @Test
    void packsThatANoticeNamesAreNoVictims() throws IOException {
        Snapshot only = world.backup();
        List<ObjectName> packs = world.names(ObjectKind.PACK);
        ObjectName notice = notice(Optional.empty(), packs);
        world.forget(only);

        world.prune();
        assertThat(world.names(ObjectKind.PACK)).isEqualTo(packs);

        world.store.delete(notice);
        world.prune();
        assertThat(world.count(ObjectKind.PACK)).isZero();
    }

    @Test
    void whatOnlyANoticeNamesAndIsNotThereEndsNoPrune() throws IOException {
        Snapshot kept = world.backup();
        world.write("b", 2, 100_000);
        Snapshot other = world.backup();
        List<ObjectName> packs = world.names(ObjectKind.PACK);
        notice(Optional.of(other.tree()), List.of());
        notice(Optional.of(new TreeReference(0, new ChunkId(1, 2, 3, 4), 100)), List.of());
        world.forget(other);
        Files.delete(world.root.resolve("b"));

        for (ObjectName pack : packs) {
            PruneWorld broken = world.copy(folder.resolve("state-" + pack.hex()));
            broken.store.delete(pack);
            try {
                assertThat(broken.prune().skippedChunks()).isPositive();
                broken.requireWhole(kept);
            } catch (obnam.api.DamageException e) {
                assertThat(e).hasMessageContaining(kept.name().hex()); // a pack that the snapshot needs too
            }
        }
        assertThat(world.prune().skippedChunks()).isEqualTo(1);
        world.requireWhole(kept);
    }

    /// The owner of a dropped notice may come back, put its snapshot, and die before it looks what is left
    /// of it.
    @Test
    void aSnapshotWhoseNoticeWasDroppedEndsNoPrune() throws IOException {
        Snapshot dead = world.backup();
        notice(Optional.of(dead.tree()), List.of());
        byte[] record = world.store.get(dead.name(), 1 << 20);
        world.store.delete(dead.name());
        world.write("a", 5, 100_000);
        Snapshot kept = world.backup();
        for (int i = 0; i < NoticeAges.LIFE + 1; i++) {
            world.prune();
        }
        world.store.put(dead.name(), ByteBuffer.wrap(record));

        assertThat(world.prune().skippedChunks()).isPositive();

        world.requireWhole(kept);
        world.forget(dead);
        assertThat(world.prune().skippedChunks()).isZero();
    }
}
