package obnam.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileType;
import obnam.posix.OutputFile;
import obnam.posix.PosixException;
import obnam.posix.Timestamp;

/// A directory in which a hostile tree grows.
///
/// @param privileged whether owners and device nodes can be made
/// @param leftOut collects what this machine does not take
record Ground(Directory directory, boolean privileged, List<String> leftOut) {

    /// What a directory's time is set to once its entries are made, so that a restore which sets it too early
    /// shows.
    private static final Timestamp FILLED = new Timestamp(981_173_106, 123_456_789);

    /// Makes a directory, lets it be filled, and gives it an old time of change.
    void within(byte[] name, Consumer<Ground> fill) {
        Ground made = make(name);
        try {
            fill.accept(made);
        } finally {
            made.finish();
        }
    }

    /// Makes a directory, to be filled and finished.
    Ground make(byte[] name) {
        return new Ground(directory.makeDirectory(name, 0755), privileged, leftOut);
    }

    /// Gives the directory its time, and closes it.
    void finish() {
        try (directory) {
            directory.setTimes(new byte[0], FILLED, FILLED);
        }
    }

    void within(String name, Consumer<Ground> fill) {
        within(FileNames.of(name), fill);
    }

    void file(byte[] name, byte[] content) {
        file(name, file -> file.write(0, content, 0, content.length));
    }

    void file(byte[] name, Consumer<OutputFile> write) {
        try (OutputFile file = directory.createFile(name, 0644)) {
            write.accept(file);
            file.setTimes(time(name), time(name));
        }
    }

    /// A file that contains its own name.
    void file(String name) {
        file(FileNames.of(name), FileNames.of(name));
    }

    void symlink(byte[] name, byte[] target) {
        directory.makeSymlink(name, target);
        directory.setTimes(name, time(name), time(name));
    }

    /// As the method of the directory.
    void node(byte[] name, FileType type, int mode, int major, int minor) {
        directory.makeNode(name, type, mode, major, minor);
        directory.setTimes(name, time(name), time(name));
    }

    /// A time for each name, the same at each run.
    private static Timestamp time(byte[] name) {
        int hash = Arrays.hashCode(name) * 0x9e37_79b9;
        return new Timestamp(1_000_000_000 + (hash >>> 3), (hash & 0x1fff_ffff) + 7);
    }

    /// Does what not every file system, kernel or sandbox allows.
    ///
    /// @return whether it was done
    boolean attempt(String what, Runnable action) {
        try {
            action.run();
            return true;
        } catch (PosixException e) {
            if (!e.isPermission() && !e.isNotSupported() && !e.isNotRepresentable() && !e.isNoSpace()) {
                throw e;
            }
            leftOut.add(what + ": " + e.reason());
            return false;
        }
    }
}
