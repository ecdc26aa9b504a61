package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Names, listings, links and the making and removing of entries, the same for every implementation.
abstract class DirectoryContract extends FileSystemContract {
    @Test
    void namesOfAnyBytesAreCreatedListedAndRead() {
        List<byte[]> names = hostileNames();
        for (byte[] name : names) {
            create(name, name);
        }

        List<String> sorted = names.stream()
                .sorted(FileNames::compare)
                .map(name -> new String(name, StandardCharsets.ISO_8859_1))
                .toList();
        assertThat(listed()).isEqualTo(sorted);
        for (byte[] name : names) {
            assertThat(content(name)).as(FileNames.display(name)).isEqualTo(name);
            assertThat(directory.status(name).size()).isEqualTo(name.length);
            directory.remove(name);
        }
        assertThat(directory.list().size()).isZero();
    }

    @Test
    void aNameOf256BytesIsTooLong() {
        byte[] name = new byte[256];
        Arrays.fill(name, (byte) 'x');

        assertThat(failure(() -> create(name, SELF)).errorName()).isEqualTo("ENAMETOOLONG");
    }

    @Test
    void namesThatAreNoSingleComponentAreRefused() {
        create("file");
        refusesBadAndEmptyNames(directory::status);
        refusesBadAndEmptyNames(directory::statusIfPresent);
        refusesBadAndEmptyNames(directory::openDirectory);
        refusesBadAndEmptyNames(directory::openFile);
        refusesBadAndEmptyNames(directory::openForUpdate);
        refusesBadAndEmptyNames(directory::readLink);
        refusesBadAndEmptyNames(directory::remove);
        refusesBadAndEmptyNames(directory::removeDirectory);
        refusesBadAndEmptyNames(name -> directory.makeDirectory(name, 0700));
        refusesBadAndEmptyNames(name -> directory.createFile(name, 0600));
        refusesBadAndEmptyNames(name -> directory.makeSymlink(name, name("target")));
        refusesBadAndEmptyNames(name -> directory.makeNode(name, FileType.FIFO, 0600, 0, 0));
        refusesBadAndEmptyNames(name -> directory.link(directory, name("file"), name));
        refusesBadAndEmptyNames(name -> directory.link(directory, name, name("new")));
        refusesBadAndEmptyNames(name -> directory.rename(name("file"), name));
        refusesBadAndEmptyNames(name -> directory.rename(name, name("new")));
        refusesBadNames(name -> directory.setOwner(name, 0, 0));
        refusesBadNames(name -> directory.setMode(name, 0700));
        refusesBadNames(name -> directory.setTimes(name, Timestamp.OMIT, Timestamp.OMIT));
        refusesBadNames(name -> directory.setFileFlags(name, 0));
        refusesBadNames(name -> directory.removeExtendedAttribute(name, name("user.x")));
    }

    @Test
    void aLargeDirectoryIsListedInOrder() {
        for (int i = 0; i < 20_000; i++) {
            directory.createFile(name("entry-" + (i * 7919L % 20_000)), 0600).close();
        }

        List<String> names = listed();
        assertThat(names).hasSize(20_000).doesNotHaveDuplicates().isSorted();
        assertThat(listed()).as("listed again").isEqualTo(names);
    }

    @Test
    void aListingTellsTypesAsTheStatusDoesOrNotAtAll() {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();
        directory.makeSymlink(name("symlink"), name("file"));

        DirectoryListing listing = directory.list();
        assertThat(listing.size()).isEqualTo(3);
        for (int i = 0; i < listing.size(); i++) {
            FileStatus status = directory.status(listing.name(i));
            assertThat(listing.type(i)).isIn(status.type(), FileType.UNKNOWN);
            assertThat(listing.inode(i)).isIn(status.inode(), 0L);
        }
    }

    @Test
    void whatIsMissingIsNotFound() {
        byte[] name = name("missing");

        assertThat(directory.statusIfPresent(name)).isEmpty();
        assertThat(failure(() -> directory.status(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.openFile(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.openForUpdate(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.openDirectory(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.readLink(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.remove(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.removeDirectory(name)).isNotFound()).isTrue();
        assertThat(failure(() -> directory.rename(name, name("x"))).isNotFound())
                .isTrue();
        assertThat(failure(() -> directory.link(directory, name, name("x"))).isNotFound())
                .isTrue();
    }

    @Test
    void aTakenNameIsNotReplaced() {
        create("taken");
        directory.makeSymlink(name("dangling"), name("outside"));

        for (byte[] name : List.of(name("taken"), name("dangling"))) {
            assertThat(failure(() -> directory.createFile(name, 0600)).isExists())
                    .isTrue();
            assertThat(failure(() -> directory.makeDirectory(name, 0700)).isExists())
                    .isTrue();
            assertThat(failure(() -> directory.makeSymlink(name, name("x"))).isExists())
                    .isTrue();
            assertThat(failure(() -> directory.link(directory, name("taken"), name))
                            .isExists())
                    .isTrue();
        }
        assertThat(content(name("taken"))).isEqualTo(name("content of taken"));
        assertThat(directory.statusIfPresent(name("outside"))).isEmpty();
    }

    @Test
    void symlinksAreNotFollowed() {
        create("file");
        directory.makeDirectory(name("folder"), 0700).close();
        directory.makeSymlink(name("to-file"), name("file"));
        directory.makeSymlink(name("to-folder"), name("folder"));

        assertThat(directory.status(name("to-file")).type()).isEqualTo(FileType.SYMLINK);
        assertThat(failure(() -> directory.openFile(name("to-file"))).isSymlink())
                .isTrue();
        assertThat(failure(() -> directory.openForUpdate(name("to-file"))).isSymlink())
                .isTrue();
        PosixException refused = failure(() -> directory.openDirectory(name("to-folder")));
        assertThat(refused.errorName()).isIn("ENOTDIR", "ELOOP");
        assertThat(failure(() -> directory.setMode(name("to-file"), 0777)).isNotSupported())
                .isTrue();
        assertThat(directory.status(name("file")).mode()).isEqualTo(0600);
    }

    @Test
    void symlinkTargetsAreKeptAsBytes() {
        List<byte[]> targets = List.of(
                name("plain"),
                name("/absolute/missing"),
                name("../up/../and/./down"),
                raw("\u00ff\u00fe%41 \n"),
                name("."));
        for (int i = 0; i < targets.size(); i++) {
            byte[] link = name("link" + i);
            directory.makeSymlink(link, targets.get(i));
            assertThat(directory.readLink(link)).isEqualTo(targets.get(i));
            assertThat(directory.status(link).type()).isEqualTo(FileType.SYMLINK);
        }
        create("file");
        assertThat(failure(() -> directory.readLink(name("file"))).errorName()).isEqualTo("EINVAL");
    }

    @Test
    void hardLinksShareOneFile() {
        create("one");
        try (Directory folder = directory.makeDirectory(name("folder"), 0700)) {
            folder.link(directory, name("one"), name("other"));

            FileStatus one = directory.status(name("one"));
            assertThat(one.linkCount()).isEqualTo(2);
            assertThat(folder.status(name("other")).isSameFile(one)).isTrue();
        }
    }

    @Test
    void renamingReplacesAtOnce() {
        create("from");
        create("to");

        directory.rename(name("from"), name("to"));

        assertThat(listed()).containsExactly("to");
        assertThat(content(name("to"))).isEqualTo(name("content of from"));
    }

    @Test
    void filesAndDirectoriesAreRemovedEachInItsWay() {
        create("file");
        try (Directory folder = directory.makeDirectory(name("folder"), 0700)) {
            folder.createFile(name("inside"), 0600).close();
            PosixException full = failure(() -> directory.removeDirectory(name("folder")));
            assertThat(full.isNotEmpty()).isTrue();
            folder.remove(name("inside"));
        }

        assertThat(failure(() -> directory.remove(name("folder"))).errorName()).isIn("EISDIR", "EPERM");
        assertThat(failure(() -> directory.removeDirectory(name("file"))).errorName())
                .isEqualTo("ENOTDIR");
        directory.removeDirectory(name("folder"));
        directory.remove(name("file"));
        assertThat(listed()).isEmpty();
    }

    @Test
    void theParentIsTheDirectoryAround() {
        try (Directory folder = directory.makeDirectory(name("folder"), 0700);
                Directory parent = folder.parent()) {
            assertThat(parent.status().isSameFile(directory.status())).isTrue();
            assertThat(folder.status().isSameFile(directory.status(name("folder"))))
                    .isTrue();
        }
    }

    @Test
    void aFileIsPublishedUnderItsFinalNameExactlyOnce() {
        for (String temporary : List.of("temporary-1", "temporary-2")) {
            try (OutputFile file = directory.createFile(name(temporary), 0600)) {
                byte[] content = name(temporary);
                file.write(0, content, 0, content.length);
                file.sync();
            }
        }

        directory.link(directory, name("temporary-1"), name("final"));
        PosixException second = failure(() -> directory.link(directory, name("temporary-2"), name("final")));
        directory.remove(name("temporary-1"));
        directory.remove(name("temporary-2"));
        directory.sync();

        assertThat(second.isExists()).isTrue();
        assertThat(listed()).containsExactly("final");
        assertThat(content(name("final"))).isEqualTo(name("temporary-1"));
    }

    @Test
    void aClosedDirectoryRefusesToWork() {
        Directory closed = directory.makeDirectory(name("folder"), 0700);
        closed.close();
        closed.close();

        assertThatIllegalStateException().isThrownBy(closed::list);
        assertThatIllegalStateException().isThrownBy(closed::status);
        assertThatIllegalStateException().isThrownBy(() -> closed.status(name("x")));
        assertThatIllegalStateException().isThrownBy(() -> closed.createFile(name("x"), 0600));
        assertThatIllegalStateException().isThrownBy(() -> closed.extendedAttributes(SELF));
    }

    @Test
    void pathsOfTheUserMayLeadThroughSymlinks() {
        create("file");
        directory.makeSymlink(name("here"), bytes(folder));

        try (Directory same = files.open(bytes(folder.resolve("here")))) {
            assertThat(same.status().isSameFile(directory.status())).isTrue();
        }
        assertThat(files.status(bytes(folder.resolve("here"))).type()).isEqualTo(FileType.SYMLINK);
        assertThat(files.status(bytes(folder.resolve("here/file")))).isEqualTo(directory.status(name("file")));
    }

    @Test
    void pathsThatLeadNowhereAreRefused() {
        create("file");

        assertThatIllegalArgumentException().isThrownBy(() -> files.open(name("relative")));
        assertThatIllegalArgumentException().isThrownBy(() -> files.open(SELF));
        assertThatIllegalArgumentException().isThrownBy(() -> files.status(name("/with\0nul")));
        PosixException notDirectory = failure(() -> files.open(bytes(folder.resolve("file"))));
        assertThat(notDirectory.errorName()).isEqualTo("ENOTDIR");
        assertThat(failure(() -> files.open(bytes(folder.resolve("missing")))).isNotFound())
                .isTrue();
        byte[] endless = new byte[5000];
        Arrays.fill(endless, (byte) 'x');
        endless[0] = '/';
        assertThat(failure(() -> files.status(endless)).errorName()).isEqualTo("ENAMETOOLONG");
    }

    @Test
    void aLockKeepsOthersOutUntilItIsClosed() {
        byte[] path = bytes(folder.resolve("lock"));

        try (FileLock held = files.lock(path)) {
            assertThat(files.tryLock(path)).isEmpty();
            assertThat(held).isNotNull();
        }
        Optional<FileLock> free = files.tryLock(path);
        assertThat(free).isPresent();
        free.get().close();
        free.get().close();
    }

    @Test
    void freeSpaceIsToldInBytes() {
        assertThat(directory.freeSpace()).isBetween(0L, folder.toFile().getTotalSpace());
    }
}
