package obnam.store.local;

import java.util.List;
import java.util.Set;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// Where objects are: as restic's repositories have it, so that any server for those can serve a store.
///
/// ```
/// config
/// data/00 … data/ff    packs, by the first two digits of their names
/// index  keys  locks  snapshots
/// tmp                  objects that are being written; not part of restic's layout
/// ```
final class Layout {

    /// The directory of the store itself.
    static final String TOP = "";

    static final String TEMPORARY = "tmp";

    private static final String CONFIG = "config";
    private static final List<String> FOLDERS = List.of("data", "index", "keys", "locks", "snapshots");

    private Layout() {}

    /// The folders that every store has; [#TEMPORARY] is added by the first put.
    static List<String> folders() {
        return FOLDERS;
    }

    /// Whether a directory with these entries is a store, if perhaps one whose empty folders got lost in a copy.
    static boolean isStore(Set<String> names) {
        return names.contains(CONFIG) || names.containsAll(FOLDERS);
    }

    /// Whether an entry of the directory belongs to a store.
    static boolean isOurs(String name) {
        return name.equals(CONFIG) || name.equals(TEMPORARY) || FOLDERS.contains(name);
    }

    /// The folder of a kind of objects.
    static String folder(ObjectKind kind) {
        return switch (kind) {
            case CONFIG -> TOP;
            case KEY -> "keys";
            case PACK -> "data";
            case INDEX -> "index";
            case SNAPSHOT -> "snapshots";
            case NOTICE -> "locks";
        };
    }

    /// The folder of an object.
    static String folder(ObjectName name) {
        String folder = folder(name.kind());
        return name.kind() == ObjectKind.PACK ? folder + "/" + name.hex().substring(0, 2) : folder;
    }

    /// The name of an object's file in its folder.
    static String file(ObjectName name) {
        return name.kind() == ObjectKind.CONFIG ? CONFIG : name.hex();
    }

    /// The folder that a folder is in.
    static String parent(String folder) {
        int slash = folder.lastIndexOf('/');
        return slash < 0 ? TOP : folder.substring(0, slash);
    }

    /// The name of a folder in its parent.
    static String last(String folder) {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /// Whether an entry of the folder for packs is one of its 256 folders.
    static boolean isPackFolder(String name) {
        return name.length() == 2 && isDigit(name.charAt(0)) && isDigit(name.charAt(1));
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
