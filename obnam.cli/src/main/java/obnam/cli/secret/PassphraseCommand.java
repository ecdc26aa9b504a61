package obnam.cli.secret;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.Map;
import obnam.api.InterruptedRunException;
import obnam.api.UsageException;
import obnam.cli.host.Environment;
import obnam.cli.host.Utf8;
import obnam.posix.FileNames;

/// Runs the command that prints the passphrase, such as that of a password manager, with `sh -c`.
final class PassphraseCommand {

    private static final int OUTPUT_LIMIT = 64 * 1024;

    private PassphraseCommand() {}

    /// What it printed; the caller's to erase.
    static byte[] run(byte[] command, Environment environment) {
        String name = FileNames.display(command);
        String text = Utf8.decode(command)
                .orElseThrow(() -> new UsageException("the passphrase command is not valid UTF-8", name, ""));
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", text)
                .redirectInput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        // It makes a passphrase and needs none.
        builder.environment().remove("OBNAM_PASSPHRASE");
        builder.environment().remove("OBNAM_PASSPHRASE_COMMAND");
        restoreLocale(builder.environment());
        try {
            Process process = builder.start();
            byte[] output = output(process);
            int code = process.waitFor();
            if (code != 0) {
                Arrays.fill(output, (byte) 0);
                throw new UsageException(
                        "the passphrase command failed with exit code " + code, name, "Run it by itself to see why");
            }
            return output;
        } catch (IOException e) {
            throw new UsageException("the passphrase command cannot be run", name, "Run it by itself to see why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted", "", "", e);
        }
    }

    /// The launcher sets the locale of this process to UTF-8 and keeps the user's own, which the command is to
    /// have.
    private static void restoreLocale(Map<String, String> variables) {
        String original = variables.remove("OBNAM_ORIGINAL_LC_ALL");
        if (original != null && original.isEmpty()) {
            variables.remove("LC_ALL");
        } else if (original != null) {
            variables.put("LC_ALL", original);
        }
    }

    private static byte[] output(Process process) throws IOException {
        byte[] buffer = new byte[OUTPUT_LIMIT];
        try (InputStream in = process.getInputStream()) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            return Arrays.copyOf(buffer, length);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
