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
    static final RootPaths WITHIN = new RootPaths();

    static {
        WITHIN.root = true;
    }

    private final Map<byte[], RootPaths> below = new TreeMap<>(Arrays::compareUnsigned);
    private boolean root;

    private RootPaths() {}

    /// @param paths absolute paths
    static RootPaths of(Collection<byte[]> paths) {
        RootPaths top = new RootPaths();
        for (byte[] path : paths) {
            RootPaths at = top;
            for (byte[] component : components(path)) {
                at = at.below.computeIfAbsent(component, name -> new RootPaths());
            }
            at.root = true;
        }
        top.spread(false);
        return top;
    }

    private void spread(boolean aboveIsRoot) {
        root |= aboveIsRoot;
        below.values().forEach(child -> child.spread(root));
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
        return root;
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
        return child == null ? WITHIN : child;
    }
}
