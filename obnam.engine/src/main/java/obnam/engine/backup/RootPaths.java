package obnam.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The roots of a backup as a tree of their path components, seen from one directory.
final class RootPaths {

    /// Below a root, where no further root is.
    static final RootPaths WITHIN = new RootPaths(Map.of(), true);

    /// Where no root is, and none below.
    private static final RootPaths NOWHERE = new RootPaths(Map.of(), false);

    private final Map<byte[], RootPaths> below;
    private boolean within;

    private RootPaths(Map<byte[], RootPaths> below, boolean within) {
        this.below = below;
        this.within = within;
    }

    private static RootPaths empty() {
        return new RootPaths(new TreeMap<>(Arrays::compareUnsigned), false);
    }

    /// @param paths absolute paths
    static RootPaths of(Collection<byte[]> paths) {
        RootPaths top = empty();
        for (byte[] path : paths) {
            RootPaths at = top;
            for (byte[] component : components(path)) {
                at = at.below.computeIfAbsent(component, name -> empty());
            }
            at.within = true;
        }
        return top;
    }

    private static List<byte[]> components(byte[] path) {
        List<byte[]> components = new ArrayList<>();
        int start = 1;
        for (int end = 1; end <= path.length; end++) {
            if (end == path.length || path[end] == '/') {
                if (end > start) {
                    components.add(Arrays.copyOfRange(path, start, end));
                }
                start = end + 1;
            }
        }
        return components;
    }

    /// Whether this directory is a root or below one: all of its entries are backed up.
    boolean within() {
        return within;
    }

    /// The names that lead to a root from here; rising.
    Collection<byte[]> namesToRoots() {
        return below.keySet();
    }

    /// Whether `name` was named by the user, or leads to what was.
    boolean named(byte[] name) {
        return !below.isEmpty() && below.containsKey(name);
    }

    /// The roots seen from the directory `name` in this one.
    RootPaths in(byte[] name) {
        RootPaths child = below.isEmpty() ? null : below.get(name);
        if (child == null) {
            return WITHIN;
        }
        return within && !child.within ? new RootPaths(child.below, true) : child;
    }

    /// The roots seen from the directory `name` in this one, which is left out but for the roots in it.
    RootPaths wayIn(byte[] name) {
        return below.getOrDefault(name, NOWHERE);
    }

    /// The paths of the roots that are below `name`, itself not among them.
    ///
    /// @param path the path of `name`
    List<byte[]> rootsBehind(byte[] name, byte[] path) {
        List<byte[]> paths = new ArrayList<>();
        if (named(name)) {
            below.get(name).collect(path, paths);
        }
        return paths;
    }

    private void collect(byte[] path, List<byte[]> paths) {
        below.forEach((name, child) -> {
            byte[] childPath = Arrays.copyOf(path, path.length + 1 + name.length);
            childPath[path.length] = '/';
            System.arraycopy(name, 0, childPath, path.length + 1, name.length);
            if (child.within) {
                paths.add(childPath);
            }
            child.collect(childPath, paths);
        });
    }
}
