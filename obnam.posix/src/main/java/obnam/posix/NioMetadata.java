package obnam.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Metadata through the attribute views of java.nio.
final class NioMetadata {
    /// What the JDK puts before the names of user attributes on Linux; elsewhere it puts nothing.
    private static final String PREFIX = System.getProperty("os.name", "").startsWith("Linux") ? "user." : "";

    private NioMetadata() {}

    static Path setOwner(Path path, long uid, long gid) throws IOException {
        int user = (int) Descriptor.id(uid);
        int group = (int) Descriptor.id(gid);
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        return Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    static Path setMode(Path path, int permissions) throws IOException {
        return Files.setAttribute(path, "unix:mode", permissions & 07777, LinkOption.NOFOLLOW_LINKS);
    }

    static Path setTimes(Path path, Timestamp access, Timestamp modification) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(fileTime(modification), fileTime(access), null);
        return path;
    }

    private static @Nullable FileTime fileTime(Timestamp time) {
        return time.isOmitted() ? null : NioStatus.fileTime(time);
    }

    static List<ExtendedAttribute> attributes(Path path, byte[] shown) {
        return NioPaths.run("read the extended attributes of", shown, () -> {
            Optional<UserDefinedFileAttributeView> view = view(path);
            if (view.isEmpty()) {
                return List.of();
            }
            List<ExtendedAttribute> attributes = new ArrayList<>();
            for (String name : view.get().list()) {
                ByteBuffer value = ByteBuffer.allocate(view.get().size(name));
                view.get().read(name, value);
                attributes.add(new ExtendedAttribute(FileNames.of(PREFIX + name), value.array()));
            }
            attributes.sort((one, other) -> FileNames.compare(one.name(), other.name()));
            return List.copyOf(attributes);
        });
    }

    static void setAttribute(Path path, byte[] shown, ExtendedAttribute attribute) {
        NioPaths.run("set an extended attribute of", shown, () -> {
            String name = userName(attribute.name(), shown);
            return view(path)
                    .orElseThrow(UnsupportedOperationException::new)
                    .write(name, ByteBuffer.wrap(attribute.value()));
        });
    }

    static void removeAttribute(Path path, byte[] shown, byte[] attribute) {
        NioPaths.run("remove an extended attribute of", shown, () -> {
            String name = userName(attribute, shown);
            UserDefinedFileAttributeView view = view(path).orElseThrow(UnsupportedOperationException::new);
            if (!view.list().contains(name)) {
                throw new PosixException(Errno.ENODATA, "remove an extended attribute of", shown);
            }
            view.delete(name);
            return path;
        });
    }

    /// The view works on the open file and follows no symlink, so there is none of a symlink.
    private static Optional<UserDefinedFileAttributeView> view(Path path) throws IOException {
        FileType type = NioStatus.read(path).type();
        boolean possible = type == FileType.REGULAR || type == FileType.DIRECTORY;
        return possible
                ? Optional.ofNullable(
                        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                : Optional.empty();
    }

    private static String userName(byte[] attribute, byte[] shown) {
        String name = new String(attribute, StandardCharsets.UTF_8);
        if (!name.startsWith(PREFIX)) {
            throw new PosixException(Errno.EOPNOTSUPP, "use an extended attribute that is no user attribute of", shown);
        }
        return name.substring(PREFIX.length());
    }
}
