package obnam.engine.backup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import obnam.posix.Directory;
import obnam.posix.InputFile;
import obnam.posix.PosixException;

/// The mark of a directory whose content can be made again: a file CACHEDIR.TAG that begins with a signature
/// ("Cache Directory Tagging Specification", Bryan Ford, bford.info/cachedir).
final class CacheTag {

    /// Name of the file.
    static final byte[] NAME = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private CacheTag() {}

    /// Whether the file of that name in `directory` is a tag.
    static boolean marks(Directory directory) {
        byte[] start = new byte[SIGNATURE.length];
        try (InputFile file = directory.openFile(NAME)) {
            int length = 0;
            int more = 0;
            while (more >= 0 && length < start.length) {
                more = file.read(length, start, length, start.length - length);
                length += Math.max(0, more);
            }
        } catch (PosixException e) {
            return false; // what cannot be read hides nothing
        }
        return Arrays.equals(start, SIGNATURE);
    }
}
