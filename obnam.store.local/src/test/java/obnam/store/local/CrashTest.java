package obnam.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import org.junit.jupiter.api.Test;

/// What a crash of the machine may leave of a store, played through on [CrashFiles].
final class CrashTest {

    private static final List<ObjectKind> KINDS = List.of(ObjectKind.values());
    private static final int RUNS = 500;
    private static final int STEPS = 40;
    private static final int CRASHES_PER_RUN = 20;

    private final CrashFiles files = new CrashFiles();

    private static LocalStore open(CrashFiles files) {
        LocalStore store = new LocalStore(files, "file:test");
        if (!store.exists()) {
            store.create();
        }
        store.clean();
        return store;
    }

    /// Content that follows from the name, so that everything found after a crash can be compared.
    private static byte[] content(ObjectName name) {
        int seed =
                name.hex().isEmpty() ? 1 : Integer.parseUnsignedInt(name.hex().substring(0, 8), 16);
        byte[] content = new byte[Math.floorMod(seed, 50)];
        new SplittableRandom(seed).nextBytes(content);
        return content;
    }

    private static ObjectName randomName(RandomGenerator random) {
        ObjectKind kind = KINDS.get(random.nextInt(KINDS.size()));
        byte[] name = new byte[32];
        name[0] = (byte) random.nextInt(3);
        name[3] = (byte) random.nextInt(3);
        return kind == ObjectKind.CONFIG
                ? ObjectName.CONFIG
                : new ObjectName(kind, HexFormat.of().formatHex(name));
    }

    private static void put(LocalStore store, ObjectName name) {
        store.put(name, ByteBuffer.wrap(content(name)));
    }

    private static ObjectName pack(String digits) {
        return new ObjectName(ObjectKind.PACK, digits.repeat(32));
    }

    @Test
    void whatWasDoneBeforeABarrierSurvivesEveryCrashAndNothingIsHalfWritten() {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            CrashFiles disk = new CrashFiles();
            LocalStore store = open(disk);
            // True: there; false: not there; no entry: changed since the last barrier, so either.
            Map<ObjectName, Boolean> certain = new HashMap<>();
            Map<ObjectName, Boolean> current = new HashMap<>();
            for (int step = 0; step < STEPS; step++) {
                ObjectName name = randomName(random);
                switch (random.nextInt(6)) {
                    case 0 -> {
                        store.barrier();
                        certain.clear();
                        certain.putAll(current);
                    }
                    case 1 -> {
                        store.delete(name);
                        current.put(name, false);
                        certain.remove(name);
                    }
                    default -> {
                        put(store, name);
                        boolean wasCertain = certain.getOrDefault(name, false);
                        current.put(name, true);
                        if (!wasCertain) {
                            certain.remove(name);
                        }
                    }
                }
                if (random.nextInt(STEPS / CRASHES_PER_RUN) == 0) {
                    assertSound(disk.crash(random), certain, "seed " + seed + ", step " + step);
                }
            }
        }
    }

    private static void assertSound(CrashFiles left, Map<ObjectName, Boolean> certain, String when) {
        LocalStore store = open(left);
        certain.forEach((name, there) -> assertThat(store.size(name).isPresent())
                .as("%s: %s is there", when, name)
                .isEqualTo(there));
        for (ObjectKind kind : ObjectKind.values()) {
            store.list(
                    kind,
                    object -> assertThat(store.get(object.name(), 100))
                            .as("%s: %s", when, object.name())
                            .isEqualTo(content(object.name())));
        }
        assertThat(left.entry("", "tmp").isEmpty()
                        || left.list("tmp", _ -> true).isEmpty())
                .as("%s: nothing is left over", when)
                .isTrue();
        put(store, pack("fe"));
        store.barrier();
    }

    private void assertSurvivesAllCrashes(ObjectName name) {
        for (long seed = 0; seed < 200; seed++) {
            LocalStore store = open(files.crash(new SplittableRandom(seed)));
            assertThat(store.size(name)).as("seed %d", seed).isPresent();
        }
    }

    @Test
    void aBarrierAlsoCoversAnObjectThatAnotherProcessHadPutBefore() {
        LocalStore one = open(files);
        LocalStore other = open(files);
        put(one, pack("ab"));
        put(other, pack("ab"));
        other.barrier();
        assertSurvivesAllCrashes(pack("ab"));
    }

    @Test
    void aBarrierAlsoCoversAFolderThatAnotherProcessHadMade() {
        LocalStore one = open(files);
        LocalStore other = open(files);
        put(one, pack("ab"));
        ObjectName second = new ObjectName(ObjectKind.PACK, "ab".repeat(31) + "cd");
        put(other, second);
        other.barrier();
        assertSurvivesAllCrashes(second);
    }

    @Test
    void aBarrierAlsoCoversTheIndexesThatWereListed() {
        LocalStore one = open(files);
        LocalStore other = open(files);
        ObjectName index = new ObjectName(ObjectKind.INDEX, "ab".repeat(32));
        put(one, index);
        other.list(ObjectKind.INDEX, _ -> {});
        other.barrier();
        assertSurvivesAllCrashes(index);
    }

    @Test
    void aHundredPutsAndABarrierCostOneSyncEachAndOneForEachFolder() {
        LocalStore store = open(files);
        put(store, pack("ab"));
        store.barrier();
        int folders = files.folderSyncs();
        int contents = files.fileSyncs();
        for (int i = 0; i < 100; i++) {
            put(
                    store,
                    new ObjectName(
                            ObjectKind.PACK, "ab".repeat(31) + HexFormat.of().toHexDigits((byte) (i + 1))));
        }
        store.barrier();
        store.barrier();
        assertThat(files.fileSyncs() - contents).isEqualTo(100);
        assertThat(files.folderSyncs() - folders).isEqualTo(1);
    }
}
