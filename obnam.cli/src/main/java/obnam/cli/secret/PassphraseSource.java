package obnam.cli.secret;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import obnam.api.UsageException;
import obnam.cli.host.Environment;
import obnam.cli.host.LocalFiles;
import obnam.cli.host.PathBytes;
import obnam.posix.FileNames;

/// Where the passphrase comes from: a file, a command, an environment variable or the terminal. What the command
/// line names goes before what the environment names, and the terminal is last.
public final class PassphraseSource {

    private static final int LENGTH_LIMIT = 64 * 1024;
    private static final String OTHER_WAYS = "Use --passphrase-file, --passphrase-command, or one of the environment "
            + "variables OBNAM_PASSPHRASE_FILE, OBNAM_PASSPHRASE_COMMAND, OBNAM_PASSPHRASE";

    private final Environment environment;
    private final LocalFiles files;
    private final Optional<byte[]> file;
    private final Optional<byte[]> command;
    private final Consumer<String> warnings;

    /// @param file the option `--passphrase-file`
    /// @param command the option `--passphrase-command`
    /// @param warnings is told of passphrases that others can read
    /// @throws UsageException if both options are given
    public PassphraseSource(
            Environment environment, Optional<byte[]> file, Optional<byte[]> command, Consumer<String> warnings) {
        if (file.isPresent() && command.isPresent()) {
            throw new UsageException(
                    "the passphrase can come from one place only",
                    "--passphrase-file and --passphrase-command",
                    "Leave one of them out");
        }
        this.environment = environment;
        this.files = new LocalFiles(environment.files());
        this.file =
                file.or(() -> command.isPresent() ? Optional.empty() : environment.variable("OBNAM_PASSPHRASE_FILE"));
        this.command = command.or(() -> environment.variable("OBNAM_PASSPHRASE_COMMAND"));
        this.warnings = warnings;
    }

    /// The passphrase of an existing repository; from the terminal it is asked once.
    ///
    /// @throws UsageException if there is none
    public Passphrase existing(String repository) {
        return unattended().orElseGet(() -> ask("Passphrase of " + repository + ": "));
    }

    /// The passphrase for a new repository; from the terminal it is asked twice.
    ///
    /// @throws UsageException if there is none, or the two differ
    public Passphrase forNew(String repository) {
        return unattended().orElseGet(() -> {
            Passphrase first = ask("New passphrase for " + repository + ": ");
            try (Passphrase second = ask("The same once more: ")) {
                if (!Arrays.equals(first.bytes(), second.bytes())) {
                    first.close();
                    throw new UsageException("the two passphrases differ", "", "Nothing was made; try again");
                }
            }
            return first;
        });
    }

    private Optional<Passphrase> unattended() {
        if (file.isPresent()) {
            return Optional.of(fromFile(PathBytes.absolute(environment.workingDirectory(), file.get())));
        }
        if (command.isPresent()) {
            return Optional.of(checked(PassphraseCommand.run(command.get(), environment), "the passphrase command"));
        }
        return Optional.ofNullable(environment.variables().get("OBNAM_PASSPHRASE"))
                .map(value -> checked(value.clone(), "OBNAM_PASSPHRASE"));
    }

    private Passphrase fromFile(byte[] path) {
        String name = FileNames.display(path);
        Optional<LocalFiles.Content> regular = files.readFollowing(path, LENGTH_LIMIT);
        if (regular.isEmpty()) {
            return checked(fromStream(path), name);
        }
        LocalFiles.Content content = regular.get();
        if ((content.status().mode() & 0077) != 0) {
            warnings.accept("others can read the passphrase file: " + name + ". Run: chmod 600 '" + name + "'");
        }
        return checked(content.content(), name);
    }

    /// Reads a pipe, such as the shell makes of `<(command)`.
    private static byte[] fromStream(byte[] path) {
        byte[] buffer = new byte[LENGTH_LIMIT];
        try (InputStream in = new FileInputStream(new String(path, StandardCharsets.UTF_8))) {
            return Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
        } catch (IOException e) {
            throw new UsageException(
                    "the passphrase file cannot be read", FileNames.display(path), "Check the path", e);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private Passphrase ask(String prompt) {
        char[] chars = environment
                .terminal()
                .readSecret(prompt)
                .orElseThrow(() -> new UsageException(
                        "a passphrase is needed, and there is no terminal to ask for it", "", OTHER_WAYS));
        // A char becomes three bytes at most; no buffer but these is made, so none stays behind.
        ByteBuffer encoded = ByteBuffer.wrap(new byte[3 * chars.length]);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(chars), encoded, true);
        Arrays.fill(chars, '\0');
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return checked(bytes, "");
    }

    /// Takes the first line, without its end.
    private static Passphrase checked(byte[] content, String from) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        if (end > 0 && end < content.length && content[end - 1] == '\r') {
            end--;
        }
        byte[] line = Arrays.copyOf(content, end);
        Arrays.fill(content, (byte) 0);
        if (line.length == 0) {
            throw new UsageException("the passphrase is empty", from, "Choose one that cannot be guessed");
        }
        return new Passphrase(line);
    }
}
