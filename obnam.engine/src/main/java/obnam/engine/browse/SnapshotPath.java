package obnam.engine.browse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import obnam.api.UsageException;
import obnam.posix.FileNames;

/// Absolute paths within a snapshot, as bytes.
public final class SnapshotPath {

    private static final byte[] ROOT = {};

    private SnapshotPath() {}

    /// The names of a path, from the root on. Doubled and trailing slashes are passed over.
    ///
    /// @param path absolute; empty or `/` for the root
    public static List<byte[]> names(byte[] path) {
        if (path.length > 0 && path[0] != '/') {
            throw new UsageException(
                    "a path in a snapshot begins with '/'", FileNames.display(path), "Give the absolute path");
        }
        List<byte[]> names = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at <= path.length; at++) {
            if (at == path.length || path[at] == '/') {
                if (at > begin) {
                    names.add(Arrays.copyOfRange(path, begin, at));
                }
                begin = at + 1;
            }
        }
        return names;
    }

    /// The path of these names; empty for the root.
    public static byte[] of(List<byte[]> names) {
        byte[] path = ROOT;
        for (byte[] name : names) {
            path = child(path, name);
        }
        return path;
    }

    /// The path of an entry of a directory.
    ///
    /// @param directory empty for the root
    public static byte[] child(byte[] directory, byte[] name) {
        byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        return path;
    }
}
