package obnam.engine.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import obnam.api.ChunkId;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.Providers;
import obnam.engine.RepositoryId;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.Frames;
import obnam.engine.format.PackType;
import obnam.engine.keys.KeyRing;

/// The cached index of a repository that does not exist, of any size: segments as merging leaves them. Chunk `n` has
/// an id that can be calculated, and the ids rise with `n`, so neither writing nor asking needs memory for them.
///
/// @param chunks number of chunks, at least 1
public record SyntheticIndex(long chunks) {

    /// Merging makes no larger segments.
    private static final int CHUNKS_A_SEGMENT = 20_000_000;

    private static final int CHUNKS_AN_OBJECT = 50_000;
    private static final int CHUNKS_A_PACK = 250;
    private static final int CHUNKS_A_BLOCK = 12;
    private static final int CHUNK = 64 << 10;
    private static final int FRAME = 256 << 10;
    private static final int PACK = 16 << 20;

    /// Writes the segments into a directory, which [#open] then takes for a repository's cache.
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        int segments = segments();
        for (int segment = 0; segment < segments; segment++) {
            Path file = directory.resolve(UUID.randomUUID() + ".segment");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18)) {
                write(segment, segments, out);
            }
        }
    }

    private int segments() {
        return Math.toIntExact(Math.ceilDiv(chunks, CHUNKS_A_SEGMENT));
    }

    /// Segment `s` of `k` has the chunks `s`, `s + k`, `s + 2 k`, ..., so that the ids of each are spread evenly.
    private void write(int segment, int segments, OutputStream out) {
        int count = Math.toIntExact((chunks - segment + segments - 1) / segments);
        List<ObjectName> names = names(segment);
        int packs = Math.ceilDiv(count, CHUNKS_A_PACK);
        int blocks = Math.ceilDiv(count, CHUNKS_A_BLOCK);
        SegmentWriter writer = new SegmentWriter(out, new SegmentLayout(names.size(), 0, packs, blocks, count));
        names.forEach(writer::name);
        for (int i = 0; i < packs; i++) {
            int source = Math.toIntExact((long) i * names.size() / packs);
            writer.pack(
                    new PackInfo(name(ObjectKind.PACK, (long) i * segments + segment), PACK, PackType.DATA), source);
        }
        for (int i = 0; i < blocks; i++) {
            writer.block(i % packs, 1, 1, (i % (PACK / FRAME)) * FRAME, FRAME);
        }
        for (int i = 0; i < count; i++) {
            // In a real index neighbours by id are in blocks far apart.
            int block = (int) ((i * 0x9e3779b1L & 0x7fffffffL) % blocks);
            int lengthAndRole = CHUNK << 2 | ChunkRole.DATA.number();
            writer.chunk(id((long) i * segments + segment), block, 0, lengthAndRole);
        }
        writer.finish();
    }

    private List<ObjectName> names(int segment) {
        long perSegment = Math.ceilDiv(chunks, (long) CHUNKS_AN_OBJECT * segments());
        return LongStream.range(segment * perSegment, (segment + 1) * perSegment)
                .mapToObj(number -> name(ObjectKind.INDEX, number))
                .toList();
    }

    private static ObjectName name(ObjectKind kind, long number) {
        return new ObjectName(kind, "%064x".formatted(number));
    }

    /// The id of chunk `number`.
    public ChunkId id(long number) {
        long step = Long.divideUnsigned(-1L, chunks);
        long first = number * step + Long.remainderUnsigned(mixed(number), step);
        return new ChunkId(first, mixed(number + 1), mixed(number + 2), mixed(number + 3));
    }

    /// An id near that of chunk `number` that no chunk has.
    public ChunkId absent(long number) {
        ChunkId id = id(number);
        return new ChunkId(id.first(), ~id.second(), id.third(), id.fourth());
    }

    /// The finaliser of SplitMix64.
    private static long mixed(long number) {
        long z = number * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /// Opens what [#write] wrote, as a run of the program opens its index.
    public ChunkIndex open(Path directory) {
        SecureRandom random = new SecureRandom();
        Providers none = new Providers(List.of());
        Frames frames = new Frames(RepositoryId.of(new byte[32]), KeyRing.random(random), none, random, 1);
        List<ObjectName> names = LongStream.range(0, segments())
                .mapToObj(segment -> names((int) segment))
                .flatMap(List::stream)
                .toList();
        byte[] path = directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
        ChunkIndex index = ChunkIndex.open(new NamesOnlyStore(names), frames, path);
        if (index.size() != chunks) {
            throw new IllegalStateException("the index has " + index.size() + " chunks instead of " + chunks);
        }
        return index;
    }
}
