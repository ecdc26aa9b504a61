package obnam.engine.restore;

import java.util.function.Consumer;
import obnam.api.LocalException;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.PosixException;

/// Stands in one directory of the target and moves to others: up by `..`, down by name, never through a symlink,
/// and checks on each step that it arrived where it wanted. So it has few descriptors open, however deep the tree
/// is, and whoever moves or replaces directories meanwhile cannot lead it elsewhere.
///
/// To be used by one thread at a time.
@SuppressWarnings("ReferenceEquality") // positions are compared, not directories
final class TargetCursor implements AutoCloseable {

    private final TargetDirectory top;
    private final Directory topHandle;
    private TargetDirectory place;
    private Directory handle;

    /// Stands at the top.
    ///
    /// @param handle a handle of its own, closed with the cursor
    TargetCursor(TargetDirectory top, Directory handle) {
        this.top = top;
        this.topHandle = handle;
        this.place = top;
        this.handle = handle;
        if (!top.is(handle.status())) {
            handle.close();
            throw moved(top);
        }
    }

    /// Where it stands.
    TargetDirectory place() {
        return place;
    }

    /// The directory where it stands; valid until it moves.
    Directory handle() {
        return handle;
    }

    /// Moves to a directory.
    ///
    /// @throws PosixException if the way there cannot be opened; it then stands somewhere else
    void moveTo(TargetDirectory goal) {
        TargetDirectory meeting = place.meeting(goal);
        if (!climbTo(meeting)) {
            stand(top, topHandle);
            meeting = top;
        }
        for (TargetDirectory next : goal.wayFrom(meeting)) {
            enter(next, handle.openDirectory(next.name()));
        }
    }

    /// A directory that lets nobody pass, once it is finished, is not climbed out of.
    private boolean climbTo(TargetDirectory above) {
        try {
            while (place != above) {
                leave();
            }
            return true;
        } catch (PosixException e) {
            if (e.isPermission()) {
                return false;
            }
            throw e;
        }
    }

    /// Moves to a directory in the present one, which was just opened.
    ///
    /// @param opened closed by the cursor from now on
    void enter(TargetDirectory directory, Directory opened) {
        check(directory, opened);
        stand(directory, opened);
    }

    /// Does something with the present directory and moves to the one above, which is opened before: afterwards
    /// the present one may let nobody pass.
    void leaveAfter(Consumer<Directory> action) {
        if (place == top) {
            action.accept(handle);
            return;
        }
        TargetDirectory above = place.parent().orElseThrow();
        Directory opened = above == top ? topHandle : handle.parent();
        check(above, opened);
        action.accept(handle);
        stand(above, opened);
    }

    private void leave() {
        TargetDirectory above = place.parent().orElseThrow();
        enter(above, above == top ? topHandle : handle.parent());
    }

    private void check(TargetDirectory directory, Directory opened) {
        if (opened != topHandle && !directory.is(opened.status())) {
            opened.close();
            throw moved(directory);
        }
    }

    private void stand(TargetDirectory directory, Directory opened) {
        if (handle != topHandle) {
            handle.close();
        }
        place = directory;
        handle = opened;
    }

    /// The error for a target that someone else changes meanwhile.
    static LocalException moved(TargetDirectory directory) {
        return new LocalException(
                "a directory was moved while it was restored",
                FileNames.display(directory.path()),
                "Restore again, into a directory that nothing else works on");
    }

    @Override
    public void close() {
        if (handle != topHandle) {
            handle.close();
        }
        topHandle.close();
    }
}
