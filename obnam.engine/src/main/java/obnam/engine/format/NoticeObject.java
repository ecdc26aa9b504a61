package obnam.engine.format;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.TreeReference;

/// A NOTICE object: what a run that is not finished tells whoever prunes; section 7.3 of the format.
///
/// @param run hexadecimal id of the run, random
/// @param number how many notices the run put before
/// @param tree the tree that is to become a snapshot, once it is known
/// @param packs packs of the run that the other notices of the run do not name
public record NoticeObject(String run, long number, Optional<TreeReference> tree, List<ObjectName> packs) {

    /// Length of a run's id in bytes.
    public static final int RUN_LENGTH = 16;

    private static final int TREE = 1;
    private static final int PACKS = 2;
    private static final int RUN = 3;
    private static final int NUMBER = 4;
    private static final int NAME_LENGTH = 32;

    /// Makes the bytes of the object.
    public byte[] encode(Frames frames) {
        return SealedObject.seal(frames, ObjectKind.NOTICE, FrameRole.NOTICE, out -> {
            tree.ifPresent(root -> out.field(TREE, SnapshotRecord.treeReference(new ByteWriter(48), root)));
            if (!packs.isEmpty()) {
                ByteWriter names = new ByteWriter(packs.size() * NAME_LENGTH);
                packs.forEach(pack -> names.raw(HexFormat.of().parseHex(pack.hex())));
                out.field(PACKS, names);
            }
            out.field(RUN, HexFormat.of().parseHex(run));
            out.field(NUMBER, number);
        });
    }

    /// Reads an object, after checking its name.
    public static NoticeObject decode(Frames frames, ObjectName name, byte[] bytes) {
        Draft draft = new Draft();
        SealedObject.open(frames, name, FrameRole.NOTICE, bytes).fields(draft::field);
        return new NoticeObject(draft.run, draft.number, draft.tree, List.copyOf(draft.packs));
    }

    private static final class Draft {
        private String run = "";
        private long number;
        private Optional<TreeReference> tree = Optional.empty();
        private final List<ObjectName> packs = new ArrayList<>();

        boolean field(int tag, ByteReader in) {
            switch (tag) {
                case TREE -> tree = Optional.of(TreeNodes.treeReference(in));
                case PACKS -> {
                    while (!in.atEnd()) {
                        packs.add(new ObjectName(ObjectKind.PACK, HexFormat.of().formatHex(in.raw(NAME_LENGTH))));
                    }
                }
                case RUN -> run = HexFormat.of().formatHex(in.raw(RUN_LENGTH));
                case NUMBER -> number = in.varint(Long.MAX_VALUE);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
