package obnam.engine.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Head;
import obnam.engine.format.ChainLink;
import obnam.posix.Directory;
import obnam.posix.FileNames;
import obnam.posix.FileSystem;
import obnam.posix.InputFile;
import obnam.posix.PosixException;

/// What this machine remembers of the log, as its state file has it: a line with the id of its own chain, and
/// the number and name of the newest record if there is one; then such a line for each other chain, the one
/// that changed last at the end.
///
/// @param chain hexadecimal id of the own chain; empty if there is none yet
/// @param own the newest record of the own chain
/// @param others the newest records of other chains
public record KnownHeads(Optional<String> chain, Optional<Head> own, List<Head> others) {

    /// Remembers nothing.
    public static final KnownHeads NOTHING = new KnownHeads(Optional.empty(), Optional.empty(), List.of());

    static final byte[] FILE = FileNames.of("chain");
    private static final int LIMIT = 1 << 18;
    private static final int OTHERS_LIMIT = 1000;

    /// What is remembered now. Takes no lock, since the file is only ever replaced as a whole.
    ///
    /// @param path absolute path of the repository's state directory
    /// @return nothing if the state is not there or cannot be read or understood
    public static KnownHeads read(byte[] path) {
        try (Directory directory = FileSystem.local().open(path)) {
            return read(directory);
        } catch (PosixException _) {
            return NOTHING;
        }
    }

    static KnownHeads read(Directory directory) {
        if (directory.statusIfPresent(FILE).isEmpty()) {
            return NOTHING;
        }
        byte[] bytes = new byte[LIMIT];
        int length = 0;
        try (InputFile file = directory.openFile(FILE)) {
            int got;
            while (length < LIMIT && (got = file.read(length, bytes, length, LIMIT - length)) > 0) {
                length += got;
            }
        }
        return parse(new String(bytes, 0, length, StandardCharsets.US_ASCII));
    }

    private static KnownHeads parse(String text) {
        List<String> lines = text.lines().toList();
        String id = lines.isEmpty() ? "" : lines.getFirst().split(" ", -1)[0];
        if (!isChain(id)) {
            return NOTHING;
        }
        List<Head> others =
                lines.stream().skip(1).flatMap(line -> head(line).stream()).toList();
        return new KnownHeads(Optional.of(id), head(lines.getFirst()), others);
    }

    private static boolean isChain(String text) {
        return ObjectName.isHex(text + "0".repeat(ObjectName.HEX_LENGTH - 2 * ChainLink.CHAIN_LENGTH));
    }

    private static Optional<Head> head(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3
                || !isChain(words[0])
                || !words[1].matches("[0-9]{1,18}")
                || !ObjectName.isHex(words[2])) {
            return Optional.empty();
        }
        ObjectName name = new ObjectName(ObjectKind.SNAPSHOT, words[2]);
        return Optional.of(new Head(words[0], Long.parseLong(words[1]), name));
    }

    /// The content of the state file.
    ///
    /// @param id of the own chain
    static byte[] write(String id, Optional<Head> own, Collection<Head> others) {
        List<String> lines = new ArrayList<>();
        lines.add(own.map(KnownHeads::line).orElse(id));
        others.stream()
                .skip(Math.max(0, others.size() - OTHERS_LIMIT))
                .map(KnownHeads::line)
                .forEach(lines::add);
        return FileNames.of(String.join("\n", lines) + "\n");
    }

    private static String line(Head head) {
        return head.chain() + " " + head.number() + " " + head.name().hex();
    }
}
