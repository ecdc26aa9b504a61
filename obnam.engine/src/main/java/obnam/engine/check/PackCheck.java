package obnam.engine.check;

import java.util.concurrent.atomic.LongAdder;
import obnam.api.ChunkId;
import obnam.api.ObjectName;
import obnam.engine.Progress;
import obnam.engine.format.BlockReader;
import obnam.engine.format.BlockRows;
import obnam.engine.format.ByteReader;
import obnam.engine.format.ChunkRole;
import obnam.engine.format.PackTable;
import obnam.engine.format.PackType;
import obnam.engine.format.SealedObject;
import obnam.engine.format.Sizes;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.restore.Crew;

/// Reads packs whole: compares each with its name, its table with the index, and every chunk with its id. Holds
/// one pack at a time.
final class PackCheck implements Crew.Worker<PackCheck.Pack> {

    /// A pack to check.
    ///
    /// @param name the pack
    /// @param claim what the index says of it
    record Pack(ObjectName name, IndexSurvey.Claim claim) {}

    private final RepositoryContext context;
    private final Findings findings;
    private final Progress progress;
    private final LongAdder bytesRead;
    private final BlockReader blocks;

    PackCheck(RepositoryContext context, Findings findings, Progress progress, LongAdder bytesRead) {
        this.context = context;
        this.findings = findings;
        this.progress = progress;
        this.bytesRead = bytesRead;
        this.blocks = new BlockReader(context.frames());
    }

    @Override
    public void accept(Pack pack) {
        findings.attempt(pack.name(), () -> check(pack));
    }

    private void check(Pack pack) {
        byte[] bytes = context.store().get(pack.name(), Sizes.OBJECT_LIMIT);
        bytesRead.add(bytes.length);
        progress.bytesMoved.add(bytes.length);
        progress.bytes.add(bytes.length);
        // Damage somewhere in the pack is no reason not to tell which chunks are hit.
        findings.attempt(pack.name(), () -> SealedObject.verifyName(pack.name(), bytes));
        RowsDigest digest = new RowsDigest();
        Rows rows = new Rows(pack.name(), bytes, digest);
        PackType type = PackTable.read(context.store(), context.frames(), pack.name(), bytes.length, rows);
        rows.end();
        IndexSurvey.Claim found = new IndexSurvey.Claim(bytes.length, type, digest.finish());
        if (!found.equals(pack.claim())) {
            findings.damaged(pack.name(), "its table is not what the index says");
        }
    }

    @Override
    public void close() {
        blocks.close();
    }

    /// Opens the blocks as their rows come.
    private final class Rows implements BlockRows.Visitor {
        private final ObjectName pack;
        private final byte[] bytes;
        private final RowsDigest digest;
        private byte[] block = new byte[0];
        private boolean opened;
        private int end;
        private String subject = "";

        Rows(ObjectName pack, byte[] bytes, RowsDigest digest) {
            this.pack = pack;
            this.bytes = bytes;
            this.digest = digest;
        }

        @Override
        public void block(int suite, int keyNumber, int offset, int length, int chunks) {
            end();
            digest.block(suite, keyNumber, offset, length, chunks);
            subject = pack + " at " + offset;
            end = 0;
            opened = findings.attempt(pack, () -> {
                if (length > bytes.length - offset) {
                    throw ByteReader.damage("a block lies beyond the end of its pack", subject);
                }
                block = blocks.open(suite, keyNumber, bytes, offset, length, subject);
            });
        }

        @Override
        public void chunk(ChunkRole role, ChunkId id, int offset, int length) {
            digest.chunk(role, id, offset, length);
            end = offset + length;
            if (opened) {
                findings.attempt(pack, () -> verify(role, id, offset, length));
            }
        }

        private void verify(ChunkRole role, ChunkId id, int offset, int length) {
            boolean fits = offset + length <= block.length
                    && context.hashers().of(role).hash(block, offset, length).equals(id);
            if (!fits) {
                throw ByteReader.damage("a chunk does not fit its id", "chunk " + id + " in " + subject);
            }
        }

        /// A block has nothing but its chunks.
        void end() {
            if (opened && end != block.length) {
                findings.damaged(pack, "a block is longer than its chunks: " + subject);
            }
            opened = false;
        }
    }
}
