package obnam.store.local;

import java.security.SecureRandom;
import obnam.posix.PosixException;

/// A file that only takes space: when the disk is full, a prune gives it up, and has room to delete by.
///
/// It is made when the disk begins to fill, so that there is none where it is not needed. Its content is
/// random, or file systems that compress would keep nothing free by it. Thread-safe.
final class Reserve {

    /// Room for one full pack, and an index.
    static final int SIZE = 20 << 20;

    private static final String NAME = "reserve";
    private static final long PLENTY = 4L << 30;
    private static final int PART = 1 << 20;

    private final DurableFiles files;
    private final UnsyncedFolders folders;
    private final TemporaryFiles temporary;

    Reserve(DurableFiles files, UnsyncedFolders folders, TemporaryFiles temporary) {
        this.files = files;
        this.folders = folders;
        this.temporary = temporary;
    }

    /// Makes the file, if there is none and the disk has room for it, but not so much that it is not
    /// needed. That it fails does no harm.
    void keep() {
        try {
            long free = files.freeSpace();
            if (free < PLENTY
                    && free >= 4L * SIZE
                    && files.entry(Layout.TEMPORARY, NAME).isEmpty()) {
                make();
            }
        } catch (PosixException e) {
            System.getLogger(Reserve.class.getName()).log(System.Logger.Level.DEBUG, "no reserve", e);
        }
    }

    private void make() {
        folders.makeUsable(Layout.TEMPORARY);
        String draft = temporary.newName();
        try {
            try (DurableFiles.Draft file = files.create(Layout.TEMPORARY, draft)) {
                byte[] part = new byte[PART];
                SecureRandom random = new SecureRandom();
                for (int done = 0; done < SIZE; done += PART) {
                    random.nextBytes(part);
                    file.write(done, part, 0, PART);
                }
                file.sync();
            }
            files.link(Layout.TEMPORARY, draft, Layout.TEMPORARY, NAME);
        } finally {
            temporary.removeQuietly(draft);
        }
    }

    /// Removes the file.
    void release() {
        if (files.entry(Layout.TEMPORARY, NAME).isPresent()) {
            files.remove(Layout.TEMPORARY, NAME);
        }
    }
}
