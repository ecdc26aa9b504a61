package obnam.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import obnam.api.ObjectKind;
import obnam.api.StoreException;
import obnam.engine.PruneRequest;
import obnam.engine.Snapshot;
import obnam.engine.index.DamagedCacheException;
import obnam.testkit.FaultyStore;
import obnam.testkit.RecordingStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Prunes that fail at any call of the store, and whoever comes after them.
final class PruneFaultTest {

    private static final PruneRequest THOROUGH = new PruneRequest(0, Long.MAX_VALUE, false, false);

    @TempDir
    Path folder;

    private PruneWorld world;

    /// Dead packs, packs partly dead, small packs, and snapshots that share chunks.
    @BeforeEach
    void makeRepository() throws IOException {
        world = new PruneWorld(folder);
        world.write("kept", 1, 60_000);
        world.write("changed", 2, 60_000);
        List<Snapshot> forgotten = new ArrayList<>();
        forgotten.add(world.backup());
        world.write("changed", 3, 60_000);
        world.backup();
        for (int i = 0; i < 4; i++) {
            world.write("small", 10 + i, 3_000);
            forgotten.add(world.backup());
        }
        Files.delete(world.root.resolve("small"));
        world.backup();
        forgotten.forEach(snapshot -> world.forget(snapshot));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyStore.Mode.class,
            names = {"ERROR_BEFORE", "ERROR_AFTER", "LASTING_ERROR"})
    void anErrorOfAnyCallLosesNothingAndTheNextPruneFinishes(FaultyStore.Mode mode) throws IOException {
        RecordingStore recorded = new RecordingStore(world.copy(folder.resolve("count")).store);
        world.prune(recorded, THOROUGH);
        int calls = recorded.calls().size();
        assertThat(calls).isGreaterThan(60);
        int failed = 0;
        for (int call = 1; call <= calls; call++) {
            PruneWorld broken = world.copy(folder.resolve(mode + "-" + call));
            try {
                broken.prune(new FaultyStore(broken.store).failAt(call, mode), THOROUGH);
            } catch (StoreException _) {
                failed++;
            }
            broken.requireAllWhole();
            broken.prune(broken.store, THOROUGH);
            broken.requireAllWhole();
            broken.requireClean();
            assertThat(broken.count(ObjectKind.PACK)).as("%s at %d", mode, call).isLessThanOrEqualTo(6);
            assertThat(broken.count(ObjectKind.INDEX))
                    .as("%s at %d", mode, call)
                    .isLessThanOrEqualTo(3);
        }
        assertThat(failed)
                .as("of %d", calls)
                .isGreaterThan(calls / 2); // the others were tried once more, or did not matter
    }

    /// Prune goes by row numbers of the local index: what is damaged must end it, not mislead it.
    @Test
    void aCacheThatIsDamagedMeanwhileLosesNothing() throws IOException {
        int noticed = 0;
        for (int call = 1; call <= 90; call += 3) {
            PruneWorld broken = world.copy(folder.resolve("cache-" + call));
            Path cache = broken.state.resolve("pruner/cache");
            InterleavedStore store = new InterleavedStore(broken.store, call, () -> damage(cache));
            try {
                broken.prune(store, THOROUGH);
            } catch (DamagedCacheException _) {
                noticed++;
            }
            broken.requireAllWhole();
            broken.prune(broken.store, THOROUGH);
            broken.requireAllWhole();
            broken.requireClean();
        }
        assertThat(noticed).isPositive();
    }

    private static void damage(Path cache) {
        try (var files = Files.walk(cache)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".segment")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int page = 4096; page < bytes.length; page += 4096) {
                    bytes[page + 7] ^= 1;
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(bytes), 0);
                }
            }
        } catch (NoSuchFileException _) {
            // no cache yet
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBackupAfterAPruneThatDiedAnywhereIsWhole() throws IOException {
        RecordingStore recorded = new RecordingStore(world.copy(folder.resolve("count")).store);
        world.prune(recorded, THOROUGH);
        world.write("changed", 2, 60_000); // what is being deleted is wanted again
        world.write("small", 10, 3_000);
        for (int call = 1; call <= recorded.calls().size(); call++) {
            PruneWorld broken = world.copy(folder.resolve("died-" + call));
            try {
                broken.prune(new FaultyStore(broken.store).failAt(call, FaultyStore.Mode.LASTING_ERROR), THOROUGH);
            } catch (StoreException _) {
                // as it should
            }
            Snapshot made = broken.backup();
            broken.requireAllWhole();
            broken.prune(broken.store, THOROUGH);
            broken.requireWhole(made);
            broken.requireAllWhole();
            broken.requireClean();
        }
    }
}
