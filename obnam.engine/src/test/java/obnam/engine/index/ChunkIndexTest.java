package obnam.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.RepositoryId;
import obnam.engine.TestProviders;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.Frames;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.format.SealedObject;
import obnam.engine.keys.KeyRing;
import obnam.testkit.MemoryStore;
import obnam.testkit.RecordingStore;
import obnam.testkit.StoreCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {

    private static final int PAGE = 4096;

    private final long seed = Long.getLong("obnam.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Frames frames = new Frames(
            RepositoryId.of(new byte[32]),
            KeyRing.random(new SecureRandom()),
            TestProviders.all(),
            new SecureRandom(),
            1);
    private final MemoryStore store = new MemoryStore();
    private final Map<ChunkId, ChunkLocation> expected = new HashMap<>();

    @TempDir
    Path cache;

    @Test
    void findsEveryChunkOfEveryIndexAndNothingElse() {
        for (int i = 0; i < 5; i++) {
            putIndex(3, 40, 25);
        }
        ChunkIndex index = open();
        assertHasAll(index);
        for (int i = 0; i < 10_000; i++) {
            assertThat(index.contains(randomId())).as("seed %d", seed).isFalse();
        }
        assertThat(index.size()).isEqualTo(expected.size());
    }

    @Test
    void findsEveryChunkWhereIdsAreNotSpreadEvenly() {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            long crowded = i < 1000 ? i : Long.MIN_VALUE + i;
            ids.add(new ChunkId(crowded, random.nextLong(), 0, i));
        }
        putIndex(ids);
        assertHasAll(open());
    }

    @Test
    void readsNoIndexObjectThatTheCacheStandsFor() {
        putIndex(2, 10, 10);
        open();
        putIndex(1, 5, 5);
        RecordingStore recorded = new RecordingStore(store);
        ChunkIndex index = ChunkIndex.open(recorded, frames, cacheBytes());
        assertHasAll(index);
        assertThat(recorded.count(StoreCall.Operation.GET)).isEqualTo(1);
    }

    @Test
    void forgetsWhatANoLongerListedIndexSaid() {
        ObjectName first = putIndex(2, 10, 10);
        Map<ChunkId, ChunkLocation> gone = new HashMap<>(expected);
        open();
        store.delete(first);
        expected.clear();
        putIndex(2, 10, 10);
        ChunkIndex index = open();
        assertHasAll(index);
        gone.keySet().forEach(id -> assertThat(index.contains(id)).isFalse());
    }

    @Test
    void joinsManySmallSegmentsIntoFew() throws IOException {
        for (int i = 0; i < 30; i++) {
            putIndex(1, 3, 7);
            open();
        }
        assertHasAll(open());
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files.count()).isLessThanOrEqualTo(9);
        }
    }

    @Test
    void findsWhatTheRunItselfAdds() {
        putIndex(2, 10, 10);
        ChunkIndex index = open();
        Map<ChunkId, ChunkLocation> before = new HashMap<>(expected);
        ObjectName added = putIndex(2, 10, 10);
        List<ChunkId> told = new ArrayList<>();
        index.add(added, store.get(added, 1 << 20), told::add);
        assertHasAll(index);
        assertThat(told).hasSize(expected.size() - before.size()).allMatch(expected::containsKey);
    }

    @Test
    void makesADamagedSegmentAgainFromTheStore() throws IOException {
        putIndex(3, 60, 30);
        open();
        Path segment;
        try (Stream<Path> files = Files.list(cache)) {
            segment = files.findFirst().orElseThrow();
        }
        for (long page = 0; page < Files.size(segment) / PAGE; page++) {
            byte[] whole = Files.readAllBytes(segment);
            try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                long at = page * PAGE + random.nextInt(PAGE);
                file.seek(at);
                int old = file.read();
                file.seek(at);
                file.write(old ^ 1 << random.nextInt(8));
            }
            assertHasAll(open());
            Files.write(segment, whole);
        }
    }

    @Test
    void worksWithoutACacheDirectory() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        putIndex(2, 10, 10);
        byte[] below = (file + "/below").getBytes(StandardCharsets.UTF_8);
        assertHasAll(ChunkIndex.open(store, frames, below));
        assertHasAll(ChunkIndex.load(store, frames));
    }

    /// What prune does: one INDEX object takes the place of another, without one of its packs.
    @Test
    void passesOverPacksThatNoIndexNamesAnyMoreWithoutReadingTheOthersAgain() {
        putIndex(2, 10, 10);
        List<IndexObject.PackEntry> packs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            packs.add(pack(ids(40), 10));
        }
        ObjectName replaced = put(packs);
        open();
        Map<ChunkId, ChunkLocation> gone = new HashMap<>(expected);
        gone.values()
                .removeIf(location ->
                        !location.block().pack().equals(packs.getFirst().name()));
        put(packs.subList(1, 3));
        store.delete(replaced);
        expected.keySet().removeAll(gone.keySet());

        RecordingStore recorded = new RecordingStore(store);
        ChunkIndex index = ChunkIndex.open(recorded, frames, cacheBytes());

        assertThat(recorded.count(StoreCall.Operation.GET)).isEqualTo(1);
        assertHasAll(index);
        gone.keySet()
                .forEach(id -> assertThat(index.find(id)).as("seed %d", seed).isEmpty());
        assertThat(index.lost()).containsExactly(packs.getFirst().name());
        for (int i = 0; i < 20; i++) {
            putIndex(1, 2, 3);
            ChunkIndex next = open();
            assertHasAll(next);
            gone.keySet().forEach(id -> assertThat(next.find(id)).isEmpty());
        }
    }

    /// While rows of packs that are gone are still in the segments, and after they were merged away.
    @Test
    void findsAChunkOfSeveralPacksInOneThatStays() {
        List<ChunkId> ids = ids(600);
        List<ObjectName> objects = new ArrayList<>();
        List<IndexObject.PackEntry> packs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            packs.add(pack(ids, 50));
            objects.add(put(List.of(packs.getLast())));
        }
        open();
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
        java.util.Collections.shuffle(order, random);
        for (int i = 0; i < 3; i++) {
            ChunkIndex shunning = open();
            put(IndexObject.Statements.condemning(
                    List.of(packs.get(order.get(i)).name())));
            shunning.refresh();
            store.delete(objects.get(order.get(i)));
            for (ChunkIndex index : List.of(shunning, open())) {
                for (ChunkId id : ids) {
                    assertThat(index.find(id).orElseThrow().block().pack())
                            .as("seed %d", seed)
                            .isNotIn(order.subList(0, i + 1).stream()
                                    .map(pack -> packs.get(pack).name())
                                    .toList());
                }
            }
        }
    }

    @Test
    void aCondemnedPackIsTheLastChoiceOfAReaderAndNoneOfABackup() {
        ids(1);
        IndexObject.PackEntry pack = pack(ids(20), 10);
        put(List.of(pack));
        ChunkIndex index = open();
        ObjectName set = put(IndexObject.Statements.condemning(List.of(pack.name())));
        index.refresh();

        for (ChunkIndex each : List.of(index, open())) {
            assertThat(each.condemned().sets()).containsOnlyKeys(set);
            assertThat(each.condemned().packs()).containsExactly(pack.name());
            expected.forEach((id, location) -> {
                assertThat(each.contains(id)).isFalse();
                assertThat(each.find(id)).contains(location);
            });
        }
        store.delete(set);
        index.refresh();
        expected.keySet().forEach(id -> assertThat(index.contains(id)).isTrue());
        assertThat(index.missing(pack.name())).isTrue();
        expected.keySet().forEach(id -> assertThat(index.contains(id)).isFalse());
    }

    private List<ChunkId> ids(int count) {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(randomId());
        }
        return ids;
    }

    private ObjectName put(IndexObject.Statements statements) {
        return put(IndexObject.encode(frames, statements));
    }

    private ChunkIndex open() {
        return ChunkIndex.open(store, frames, cacheBytes());
    }

    private byte[] cacheBytes() {
        return cache.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void assertHasAll(ChunkIndex index) {
        expected.forEach((id, location) -> {
            assertThat(index.contains(id)).as("seed %d", seed).isTrue();
            assertThat(index.find(id)).as("seed %d", seed).contains(location);
        });
    }

    private ChunkId randomId() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private ObjectName putIndex(int packs, int blocks, int chunks) {
        List<IndexObject.PackEntry> entries = new ArrayList<>();
        for (int p = 0; p < packs; p++) {
            List<ChunkId> ids = new ArrayList<>();
            for (int i = 0; i < blocks * chunks; i++) {
                ids.add(randomId());
            }
            entries.add(pack(ids, chunks));
        }
        return put(entries);
    }

    private void putIndex(List<ChunkId> ids) {
        put(List.of(pack(ids, 50)));
    }

    private ObjectName put(List<IndexObject.PackEntry> packs) {
        return put(IndexObject.encode(frames, packs));
    }

    private ObjectName put(byte[] bytes) {
        ObjectName name = SealedObject.name(ObjectKind.INDEX, bytes, bytes.length);
        store.put(name, ByteBuffer.wrap(bytes));
        return name;
    }

    private IndexObject.PackEntry pack(List<ChunkId> ids, int chunksABlock) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        ObjectName name = new ObjectName(ObjectKind.PACK, HexFormat.of().formatHex(digest));
        BlockRows rows = new BlockRows();
        int offset = PAGE;
        for (int begin = 0; begin < ids.size(); begin += chunksABlock) {
            List<ChunkId> block = ids.subList(begin, Math.min(ids.size(), begin + chunksABlock));
            rows.block(1, 1, offset, PAGE, block.size());
            BlockLocation location = new BlockLocation(name, 1, 1, offset, PAGE);
            int at = 0;
            for (ChunkId id : block) {
                int length = 1 + random.nextInt(1000);
                rows.chunk(ChunkRole.DATA, id, length);
                expected.put(id, new ChunkLocation(ChunkRole.DATA, location, at, length));
                at += length;
            }
            offset += PAGE;
        }
        return new IndexObject.PackEntry(name, 16 << 20, PackType.DATA, rows);
    }
}
