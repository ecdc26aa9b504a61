package obnam.cli.host;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import obnam.posix.FileNames;

/// Paths as bytes, and the little that is to be done with them as text.
public final class PathBytes {

    private static final byte[] ROOT = {'/'};

    private PathBytes() {}

    /// `path` as an absolute path without `.`, `..`, doubled or trailing slashes. A `..` takes away the name before
    /// it, whatever that is.
    ///
    /// @param directory what a relative path is relative to; absolute
    public static byte[] absolute(byte[] directory, byte[] path) {
        byte[] whole = isAbsolute(path) ? path : join(directory, path);
        Deque<byte[]> names = new ArrayDeque<>();
        int start = 0;
        for (int at = 0; at <= whole.length; at++) {
            if (at == whole.length || whole[at] == '/') {
                addName(names, Arrays.copyOfRange(whole, start, at));
                start = at + 1;
            }
        }
        ByteArrayOutputStream absolute = new ByteArrayOutputStream(whole.length);
        for (byte[] name : names) {
            absolute.write('/');
            absolute.writeBytes(name);
        }
        return names.isEmpty() ? ROOT.clone() : absolute.toByteArray();
    }

    private static void addName(Deque<byte[]> names, byte[] name) {
        if (isDots(name, 2)) {
            names.pollLast();
        } else if (name.length > 0 && !isDots(name, 1)) {
            names.addLast(name);
        }
    }

    private static boolean isDots(byte[] name, int count) {
        return name.length == count && name[0] == '.' && name[count - 1] == '.';
    }

    /// Whether it begins with a slash.
    public static boolean isAbsolute(byte[] path) {
        return path.length > 0 && path[0] == '/';
    }

    /// The path of `name` in `directory`.
    public static byte[] join(byte[] directory, byte[] name) {
        boolean slash = directory.length == 0 || directory[directory.length - 1] != '/';
        byte[] path = Arrays.copyOf(directory, directory.length + (slash ? 1 : 0) + name.length);
        if (slash) {
            path[directory.length] = '/';
        }
        System.arraycopy(name, 0, path, path.length - name.length, name.length);
        return path;
    }

    /// The path of `name` in `directory`.
    public static byte[] join(byte[] directory, String name) {
        return join(directory, FileNames.of(name));
    }

    /// The directory that `path` is in; `/` for `/`.
    ///
    /// @param path absolute, as [#absolute] gives it
    public static byte[] parent(byte[] path) {
        int slash = lastSlash(path);
        return slash <= 0 ? ROOT.clone() : Arrays.copyOf(path, slash);
    }

    /// What follows the last slash.
    public static byte[] name(byte[] path) {
        return Arrays.copyOfRange(path, lastSlash(path) + 1, path.length);
    }

    /// Whether `path` is `directory` or below it; both as [#absolute] gives them.
    public static boolean isWithin(byte[] path, byte[] directory) {
        if (directory.length == 1) {
            return true;
        }
        return path.length >= directory.length
                && Arrays.equals(path, 0, directory.length, directory, 0, directory.length)
                && (path.length == directory.length || path[directory.length] == '/');
    }

    /// `path` with a `~/` at its start, or a lone `~`, replaced by the home directory.
    public static byte[] expandHome(byte[] path, byte[] home) {
        boolean tilde = path.length > 0 && path[0] == '~' && (path.length == 1 || path[1] == '/');
        return tilde ? join(home, Arrays.copyOfRange(path, Math.min(2, path.length), path.length)) : path;
    }

    private static int lastSlash(byte[] path) {
        int at = path.length - 1;
        while (at >= 0 && path[at] != '/') {
            at--;
        }
        return at;
    }
}
