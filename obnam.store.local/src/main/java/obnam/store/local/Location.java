package obnam.store.local;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import obnam.api.NoRepositoryException;
import obnam.api.ObnamException;
import obnam.api.UsageException;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.PosixException;

/// Where a user wants a store. Symlinks on the way to it are followed; below it none is.
final class Location {

    static final String ADVICE =
            "Check that the path is right and its disk mounted; `obnam init` makes a new repository";

    private static final int MODE = 0700;

    private final String path;

    private Location(String path) {
        this.path = path;
    }

    /// @param text a path, absolute or relative to the working directory
    /// @throws UsageException if it cannot be a path
    static Location of(String text) {
        if (text.isEmpty()) {
            throw new UsageException("no path is given", "file:", "Write file:/path/of/repository");
        }
        if (text.startsWith("//") && !text.startsWith("///")) {
            throw new UsageException("a path cannot begin with two slashes", "file:" + text, "Write file:/path");
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new UsageException("not a path", "file:" + text, "Paths are UTF-8 text without NUL characters");
        }
        String absolute = text.startsWith("/") ? text : System.getProperty("user.dir") + "/" + text;
        return new Location(withoutTrailingSlashes(absolute));
    }

    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /// The absolute path as the kernel takes it.
    byte[] path() {
        return FileNames.of(path);
    }

    @Override
    public String toString() {
        return "file:" + path;
    }

    /// Opens the directory, which must be there.
    Directory open(FileSystem system) {
        try {
            return system.open(path());
        } catch (PosixException e) {
            if (Failures.isMissing(e)) {
                throw new NoRepositoryException("no such directory", toString(), ADVICE, e);
            }
            throw notOpened(e);
        }
    }

    /// Opens the directory; makes it, and those it is in, where they are missing. A directory that is there is
    /// taken if it holds a store or the beginnings of one, or nothing but what every file system's top directory
    /// may hold.
    Directory make(FileSystem system) {
        try {
            Directory directory = make(system, path);
            if (isForeign(directory)) {
                directory.close();
                throw new UsageException(
                        "the directory is neither empty nor a repository",
                        toString(),
                        "Name a new or an empty directory");
            }
            return directory;
        } catch (PosixException e) {
            throw notOpened(e);
        }
    }

    private static Directory make(FileSystem system, String path) {
        try {
            return system.open(FileNames.of(path));
        } catch (PosixException e) {
            if (!Failures.isMissing(e) || path.equals("/")) {
                throw e;
            }
        }
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        String parent = withoutTrailingSlashes(slash == 0 ? "/" : path.substring(0, slash));
        try (Directory directory = make(system, parent)) {
            if (!name.equals(".") && !name.equals("..")) {
                makeDurably(directory, FileNames.of(name));
            }
            return system.open(FileNames.of(path));
        }
    }

    private static void makeDurably(Directory parent, byte[] name) {
        try {
            parent.makeDirectory(name, MODE).close();
        } catch (PosixException e) {
            if (!e.isExists()) { // somebody else may be quicker
                throw e;
            }
        }
        parent.sync();
    }

    private static boolean isForeign(Directory directory) {
        DirectoryListing listing = directory.list();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < listing.size(); i++) {
            names.add(new String(listing.name(i), StandardCharsets.ISO_8859_1));
        }
        return !Layout.isStore(names)
                && !names.stream()
                        .allMatch(name -> name.startsWith(".") || name.equals("lost+found") || Layout.isOurs(name));
    }

    private ObnamException notOpened(PosixException e) {
        return switch (e.errorName()) {
            case "ENOTDIR" ->
                new UsageException("not a directory", toString(), "A repository is a directory: name one", e);
            case "ENAMETOOLONG" -> new UsageException("the path is too long", toString(), "Name a shorter one", e);
            default -> Failures.of(e, "cannot open the repository", toString());
        };
    }
}
