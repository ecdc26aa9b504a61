package obnam.engine.index;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Keeps segments as files, which may be deleted at any time and by anyone. Where that does not work, for want of
/// permission or space, segments are kept in memory: a run never fails for its cache.
///
/// Several processes may use one directory: a file appears whole, by a rename, is never changed, and whoever has it
/// open keeps it when it is deleted.
final class IndexCache {

    private static final String ENDING = ".segment";

    private final Optional<Path> directory;

    /// A segment and the file that holds it.
    ///
    /// @param segment the segment
    /// @param file its file; empty if it is in memory
    record Kept(IndexSegment segment, Optional<Path> file) {}

    private IndexCache(Optional<Path> directory) {
        this.directory = directory;
    }

    /// Keeps all in memory.
    static IndexCache inMemory() {
        return new IndexCache(Optional.empty());
    }

    /// @param path absolute path of a directory; made if it is not there
    static IndexCache in(byte[] path) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
            Path directory = Path.of(text);
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new IndexCache(Optional.of(directory));
        } catch (IOException | UnsupportedOperationException e) {
            return inMemory();
        } catch (IllegalArgumentException e) { // a path that this file system cannot have
            return inMemory();
        }
    }

    /// The segments that are there. Files that are no segments are deleted.
    List<Kept> segments() {
        List<Kept> segments = new ArrayList<>();
        if (directory.isPresent()) {
            try (Stream<Path> files = Files.list(directory.get())) {
                files.filter(file -> file.toString().endsWith(ENDING))
                        .forEach(file -> open(file).ifPresent(segments::add));
            } catch (IOException | UncheckedIOException e) {
                return List.of();
            }
        }
        return segments;
    }

    private static Optional<Kept> open(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return Optional.of(new Kept(new IndexSegment(new SegmentPages(mapped)), Optional.of(file)));
        } catch (DamagedCacheException e) {
            deleteQuietly(file);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Keeps a segment.
    ///
    /// @param content writes it
    Kept keep(Consumer<OutputStream> content) {
        if (directory.isPresent()) {
            Optional<Kept> kept = write(directory.get(), content);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.accept(bytes);
        ByteBuffer segment = ByteBuffer.wrap(bytes.toByteArray());
        return new Kept(new IndexSegment(new SegmentPages(segment)), Optional.empty());
    }

    private static Optional<Kept> write(Path directory, Consumer<OutputStream> content) {
        Path draft = directory.resolve("new-" + java.util.UUID.randomUUID());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 18)) {
                content.accept(out);
            }
            Path file = directory.resolve(java.util.UUID.randomUUID() + ENDING);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return open(file);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        } finally {
            deleteQuietly(draft);
        }
    }

    /// Deletes a segment's file.
    static void drop(Optional<Path> file) {
        file.ifPresent(IndexCache::deleteQuietly);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(IndexCache.class.getName()).log(System.Logger.Level.DEBUG, "not deleted: " + file, e);
        }
    }
}
