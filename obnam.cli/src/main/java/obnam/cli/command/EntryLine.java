package obnam.cli.command;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import obnam.cli.terminal.JsonFields;
import obnam.engine.Entry;
import obnam.posix.FileNames;
import obnam.posix.FileType;

/// An entry of a snapshot as a line.
final class EntryLine {

    private static final String PERMISSIONS = "rwxrwxrwx";

    private final ZoneId zone;

    EntryLine(ZoneId zone) {
        this.zone = zone;
    }

    /// The path alone.
    String plain(byte[] path) {
        return FileNames.display(path);
    }

    /// Much as `ls -l` has it.
    ///
    /// @param user name of the owner
    /// @param group name of the group
    String detailed(byte[] path, Entry entry, Optional<String> user, Optional<String> group) {
        String size = switch (entry.body()) {
            case Entry.File file -> Long.toString(file.size());
            case Entry.Device device -> device.major() + "," + device.minor();
            default -> "0";
        };
        String target = entry.body() instanceof Entry.Symlink link ? " -> " + FileNames.display(link.target()) : "";
        return "%s %-8s %-8s %12s %s %s%s"
                .formatted(
                        mode(entry),
                        user.orElse(Long.toString(entry.uid())),
                        group.orElse(Long.toString(entry.gid())),
                        size,
                        Times.shown(entry.modified(), zone),
                        FileNames.display(path),
                        target);
    }

    /// The ten characters that `ls -l` begins with.
    static String mode(Entry entry) {
        StringBuilder text = new StringBuilder().append(letter(entry.type()));
        for (int i = 0; i < PERMISSIONS.length(); i++) {
            boolean set = (entry.mode() & (0400 >> i)) != 0;
            text.append(set ? PERMISSIONS.charAt(i) : '-');
        }
        special(text, entry.mode(), 04000, 3, 's');
        special(text, entry.mode(), 02000, 6, 's');
        special(text, entry.mode(), 01000, 9, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int mode, int bit, int at, char letter) {
        if ((mode & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private static char letter(FileType type) {
        return switch (type) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case BLOCK_DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            case UNKNOWN -> '?';
        };
    }

    /// The fields of a JSON line.
    static void json(JsonFields fields, byte[] path, Entry entry, Optional<String> user, Optional<String> group)
            throws IOException {
        fields.addName("path", path)
                .add("type", entry.type().name().toLowerCase(java.util.Locale.ROOT))
                .add("mode", entry.mode())
                .add("permissions", mode(entry))
                .add("uid", entry.uid())
                .add("gid", entry.gid())
                .add("mtime", entry.modified().toString())
                .add("ctime", entry.changed().toString())
                .add("user", user.orElse(""))
                .add("group", group.orElse(""))
                .add("inode", Long.toUnsignedString(entry.inode()));
        switch (entry.body()) {
            case Entry.File file -> fields.add("size", file.size());
            case Entry.Symlink link -> fields.addName("target", link.target());
            case Entry.Device device -> fields.add("major", device.major()).add("minor", device.minor());
            default -> {}
        }
        if (entry.incomplete()) {
            fields.add("incomplete", true);
        }
    }
}
