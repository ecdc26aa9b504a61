package obnam.engine.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.format.IndexObject;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;
import obnam.engine.index.ChunkIndex;
import obnam.engine.repository.RepositoryContext;

/// Reads every INDEX object by itself, so that one that is damaged does not hide the others.
final class IndexSurvey {

    /// What the index says of a pack.
    ///
    /// @param size its length in bytes
    /// @param type its type
    /// @param rows digest of its block rows
    record Claim(int size, PackType type, ByteBuffer rows) {}

    private final RepositoryContext context;
    private final Findings findings;
    private final Map<ObjectName, Claim> claims = new HashMap<>();
    private final Set<ObjectName> sound = new HashSet<>();
    private long bytesRead;

    IndexSurvey(RepositoryContext context, Findings findings) {
        this.context = context;
        this.findings = findings;
    }

    /// Reads all.
    ChunkIndex read() {
        List<ObjectName> names = new ArrayList<>();
        context.store().list(ObjectKind.INDEX, info -> names.add(info.name()));
        for (ObjectName name : new HashSet<>(names)) {
            if (findings.attempt(name, () -> read(name))) {
                sound.add(name);
            }
        }
        return ChunkIndex.load(new StoreView(context.store(), sound::contains), context.frames());
    }

    private void read(ObjectName name) {
        byte[] bytes;
        try {
            bytes = context.store().get(name, Sizes.OBJECT_LIMIT);
        } catch (MissingObjectException _) {
            return; // replaced by another index since the listing
        }
        bytesRead += bytes.length;
        Map<ObjectName, Draft> drafts = new HashMap<>();
        IndexObject.decode(context.frames(), name, bytes, (pack, size, type) -> {
            Draft draft = new Draft(size, type, new RowsDigest());
            drafts.put(pack, draft);
            return draft.rows();
        });
        drafts.forEach((pack, draft) -> claim(name, pack, draft.finish()));
    }

    private record Draft(int size, PackType type, RowsDigest rows) {

        Claim finish() {
            return new Claim(size, type, rows.finish());
        }
    }

    private void claim(ObjectName index, ObjectName pack, Claim claim) {
        Claim other = claims.putIfAbsent(pack, claim);
        if (other != null && !other.equals(claim)) {
            findings.damaged(index, "it contradicts another index about " + pack);
        }
    }

    /// What the sound INDEX objects say of packs.
    Map<ObjectName, Claim> claims() {
        return claims;
    }

    /// Bytes that were read from the store.
    long bytesRead() {
        return bytesRead;
    }
}
