package obnam.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import obnam.engine.format.SealedObject;
import obnam.posix.Directory;
import obnam.posix.DirectoryListing;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileNames;
import obnam.posix.FileStatus;
import obnam.posix.FileSystem;
import obnam.posix.FileType;
import obnam.posix.InputFile;

/// All that a backup keeps of a directory and what is in it, as text, to compare two of them.
public final class TreeState {

    private static final byte[] ITSELF = {};

    private final Map<String, String> entries = new TreeMap<>();
    private final Map<Long, String> firstNames = new HashMap<>();

    private TreeState() {}

    /// The state of a directory: from each path in it to a description.
    public static Map<String, String> of(Path path) {
        TreeState state = new TreeState();
        try (Directory directory = FileSystem.local().open(TestRepository.bytes(path))) {
            state.describe(directory, ".");
        }
        return state.entries;
    }

    private void describe(Directory directory, String path) {
        entries.put(path, metadata(directory.status(), directory, ITSELF));
        DirectoryListing listing = directory.list();
        for (int i = 0; i < listing.size(); i++) {
            byte[] name = listing.name(i);
            String below = path + "/" + FileNames.display(name);
            FileStatus status = directory.status(name);
            if (status.isDirectory()) {
                try (Directory child = directory.openDirectory(name)) {
                    describe(child, below);
                }
            } else {
                String first = firstNames.computeIfAbsent(status.inode(), _ -> below);
                String more = " same as " + first + " of " + status.linkCount() + content(directory, name, status);
                entries.put(below, metadata(status, directory, name) + more);
            }
        }
    }

    private static String metadata(FileStatus status, Directory directory, byte[] name) {
        StringBuilder text = new StringBuilder();
        text.append(status.type()).append(" %o ".formatted(status.mode()));
        text.append(status.uid()).append(':').append(status.gid());
        text.append(' ').append(status.modified());
        text.append(" flags ").append(directory.fileFlags(name));
        for (ExtendedAttribute attribute : directory.extendedAttributes(name)) {
            text.append(' ').append(FileNames.display(attribute.name()));
            text.append('=').append(HexFormat.of().formatHex(attribute.value()));
        }
        return text.toString();
    }

    private static String content(Directory directory, byte[] name, FileStatus status) {
        return switch (status.type()) {
            case REGULAR -> " " + status.size() + " " + digest(directory, name);
            case SYMLINK -> " -> " + new String(directory.readLink(name), StandardCharsets.ISO_8859_1);
            case BLOCK_DEVICE, CHARACTER_DEVICE -> " " + status.deviceMajor() + "," + status.deviceMinor();
            case FIFO, SOCKET, DIRECTORY, UNKNOWN -> "";
        };
    }

    private static String digest(Directory directory, byte[] name) {
        var digest = SealedObject.sha256();
        byte[] buffer = new byte[64 << 10];
        try (InputFile file = directory.openFile(name)) {
            long at = 0;
            for (int count = file.read(at, buffer, 0, buffer.length);
                    count >= 0;
                    count = file.read(at, buffer, 0, buffer.length)) {
                digest.update(buffer, 0, count);
                at += count;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Bytes of disk space that a file takes.
    public static long allocated(Path file) {
        return FileSystem.local().status(TestRepository.bytes(file)).blocks() * 512;
    }

    /// Whether something is of a type.
    public static boolean is(Path path, FileType type) {
        return FileSystem.local().status(TestRepository.bytes(path)).type() == type;
    }
}
