package obnam.engine.backup;

import obnam.posix.FileStatus;

/// A regular file that is to be read.
///
/// @param directory the directory it is in
/// @param slot where its entry goes
/// @param name its name
/// @param status as the scan found it
record FileTask(DirectoryNode directory, int slot, byte[] name, FileStatus status) {

    byte[] path() {
        return directory.pathOf(name);
    }
}
