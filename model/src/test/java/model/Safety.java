package model;

import java.util.Optional;

/// What holds in every world.
final class Safety implements Check {

    private final Instance in;
    private final Layout at;
    private final Backup backup;
    private final int oldChunks;

    Safety(Instance in, Layout at, Backup backup) {
        this.in = in;
        this.at = at;
        this.backup = backup;
        oldChunks = in.initial().stream().reduce(0, (a, b) -> a | b);
    }

    @Override
    public Optional<String> broken(World w) {
        int stored = w.chunksIn(w.present());
        int found = in.indexes() == 0 ? stored : w.chunksIn(w.present() & namedNow(w));
        if (w.fields[at.old] == Root.LISTED) {
            if ((oldChunks & ~stored) != 0) {
                return Optional.of("the first snapshot has lost a chunk");
            } else if ((oldChunks & ~found) != 0) {
                return Optional.of("no INDEX names a pack with a chunk of the first snapshot");
            }
        }
        for (int b = 0; b < at.snapshot.length; b++) {
            boolean counts = w.fields[at.snapshot[b]] == Root.LISTED && protectedByNotice(w, b);
            if (counts && (in.backups().get(b) & ~stored) != 0) {
                return Optional.of("a snapshot" + reported(w, b) + " has lost a chunk");
            } else if (counts && (in.backups().get(b) & ~found) != 0) {
                return Optional.of("no INDEX names a pack with a chunk of a snapshot" + reported(w, b));
            }
        }
        return Optional.empty();
    }

    private String reported(World w, int b) {
        return backup.acknowledged(w, b) ? " that was reported as done" : "";
    }

    /// A SNAPSHOT whose notice was dropped before it was put is only sure after the look at the notice.
    private boolean protectedByNotice(World w, int b) {
        return !in.drop() || w.fields[at.dropped[b]] == 0 || backup.acknowledged(w, b);
    }

    private int namedNow(World w) {
        int packs = 0;
        for (int i = 0; i < at.named.length; i++) {
            packs |= w.fields[at.index[i]] != 0 ? w.planes[at.named[i]] : 0;
        }
        return packs;
    }
}
