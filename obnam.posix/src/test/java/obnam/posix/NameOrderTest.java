package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NameOrderTest {
    @Test
    void anyNamesComeOutSortedAndOnce() {
        for (long seed = 0; seed < 300; seed++) {
            List<byte[]> names = randomNames(new Random(seed));
            TreeSet<byte[]> expected = new TreeSet<>(FileNames::compare);
            expected.addAll(names);

            assertThat(sorted(names)).as("seed %d", seed).containsExactlyElementsOf(expected);
        }
    }

    /// Few different bytes and a common beginning, so that names share prefixes, are prefixes, and come twice.
    private static List<byte[]> randomNames(Random random) {
        byte[] beginning = new byte[random.nextInt(20)];
        byte[] alphabet = {1, 'a', 'b', 0x7f, (byte) 0x80, (byte) 0xff};
        List<byte[]> names = new ArrayList<>();
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[beginning.length + 1 + random.nextInt(12)];
            for (int at = beginning.length; at < name.length; at++) {
                name[at] = alphabet[random.nextInt(alphabet.length)];
            }
            names.add(name);
        }
        return names;
    }

    private static List<byte[]> sorted(List<byte[]> names) {
        DirectoryListing.Builder entries = new DirectoryListing.Builder();
        for (byte[] name : names) {
            entries.add(name, 0, name.length, 0, FileType.UNKNOWN);
        }
        DirectoryListing listing = entries.build();
        List<byte[]> result = new ArrayList<>();
        for (int i = 0; i < listing.size(); i++) {
            result.add(listing.name(i));
        }
        return result;
    }

    @Test
    void inodesAndTypesFollowTheirNames() {
        DirectoryListing.Builder entries = new DirectoryListing.Builder();
        for (int i = 999; i >= 0; i--) {
            byte[] name = FileNames.of("name%04d".formatted(i));
            entries.add(name, 0, name.length, i, i % 2 == 0 ? FileType.REGULAR : FileType.DIRECTORY);
        }
        DirectoryListing listing = entries.build();

        for (int i = 0; i < 1000; i++) {
            assertThat(listing.inode(i)).isEqualTo(i);
            assertThat(listing.type(i)).isEqualTo(i % 2 == 0 ? FileType.REGULAR : FileType.DIRECTORY);
        }
    }
}
