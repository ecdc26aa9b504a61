package obnam.engine.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import obnam.api.ChunkStore;
import obnam.api.DamageException;
import obnam.engine.format.BlockReader;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackTable;
import obnam.engine.repository.RepositoryContext;

/// Makes sure that a new pack is what it should be before the packs that it was made of are deleted: its
/// length, its table, and every chunk of one block that is chosen at random, or of all.
final class MoveCheck {

    private final RepositoryContext repository;
    private final boolean all;

    MoveCheck(RepositoryContext repository, boolean all) {
        this.repository = repository;
        this.all = all;
    }

    /// Checks a pack.
    ///
    /// @throws DamageException if it is not what it should be
    void check(IndexObject.PackEntry pack) {
        ChunkStore store = repository.store();
        if (!store.size(pack.name()).equals(OptionalLong.of(pack.size()))) {
            throw ByteReader.damage("a new pack has the wrong length", pack.name());
        }
        BlockRows stored = new BlockRows();
        PackTable.read(store, repository.frames(), pack.name(), pack.size(), stored.copier());
        if (!java.util.Arrays.equals(bytes(stored), bytes(pack.rows()))) {
            throw ByteReader.damage("a new pack has the wrong table", pack.name());
        }
        List<PackDraft.Block> blocks = blocks(pack.rows());
        int chosen = repository.random().nextInt(Math.max(1, blocks.size()));
        try (BlockReader reader = new BlockReader(repository.frames())) {
            for (int i = 0; i < blocks.size(); i++) {
                if (all || i == chosen) {
                    check(pack, blocks.get(i), reader);
                }
            }
        }
    }

    private static byte[] bytes(BlockRows rows) {
        ByteWriter out = new ByteWriter(rows.encodedLength());
        rows.write(out);
        return out.toBytes();
    }

    /// The blocks that rows name.
    static List<PackDraft.Block> blocks(BlockRows rows) {
        List<PackDraft.Block> blocks = new ArrayList<>();
        rows.tell(new BlockRows.Visitor() {
            @Override
            public void block(int suite, int keyNumber, int offset, int length, int chunks) {
                blocks.add(new PackDraft.Block(suite, keyNumber, offset, length, new ArrayList<>(chunks)));
            }

            @Override
            public void chunk(obnam.engine.format.ChunkRole role, obnam.api.ChunkId id, int offset, int length) {
                blocks.getLast().chunks().add(new PackDraft.Chunk(role, id, length));
            }
        });
        return blocks;
    }

    private void check(IndexObject.PackEntry pack, PackDraft.Block block, BlockReader reader) {
        byte[] frame = new byte[block.length()];
        repository.store().getRange(pack.name(), block.offset(), frame.length, frame, 0);
        byte[] plain = reader.open(block.suite(), block.keyNumber(), frame, 0, frame.length, pack.name());
        int offset = 0;
        for (PackDraft.Chunk chunk : block.chunks()) {
            verify(repository, chunk, plain, offset, pack);
            offset += chunk.length();
        }
    }

    /// Refuses a chunk that does not fit its id.
    static void verify(
            RepositoryContext repository, PackDraft.Chunk chunk, byte[] plain, int offset, IndexObject.PackEntry pack) {
        boolean fits = offset + chunk.length() <= plain.length
                && repository
                        .hashers()
                        .of(chunk.role())
                        .hash(plain, offset, chunk.length())
                        .equals(chunk.id());
        if (!fits) {
            throw ByteReader.damage("a chunk does not fit its id", "chunk " + chunk.id() + " in " + pack.name());
        }
    }
}
