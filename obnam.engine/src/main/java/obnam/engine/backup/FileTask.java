package obnam.engine.backup;

import obnam.posix.FileStatus;

/// A regular file that is to be read.
///
/// @param directory the directory it is in
/// @param slot where its entry goes
/// @param name its name
/// @param size as the scan found it, in bytes. The whole status is taken again when the file is opened: of a million
///     files that wait it would take a third of a gigabyte
/// @param large whether all workers read it together
record FileTask(DirectoryNode directory, int slot, byte[] name, long size, boolean large) {

    FileTask(DirectoryNode directory, int slot, byte[] name, FileStatus status) {
        this(directory, slot, name, status.size(), LargeFile.fits(status));
    }

    byte[] path() {
        return directory.pathOf(name);
    }
}
