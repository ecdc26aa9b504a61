package obnam.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import obnam.engine.Entry;
import obnam.engine.Problem;
import obnam.engine.Progress;
import obnam.engine.format.ByteReader;
import obnam.engine.format.EntryCursor;
import obnam.engine.format.Sizes;
import obnam.posix.ExtendedAttribute;
import obnam.posix.FileNames;
import obnam.posix.FileType;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;

class EntryFactoryTest {

    private static final int VALUE = 64 << 10;

    private final List<Problem> problems = new ArrayList<>();
    private final Progress progress = new Progress(problems::add);

    @Test
    void storesAttributesThatFit() {
        Entry entry = decode(EntryFactory.encode(withAttributes(15), FileNames.of("/f"), progress));
        assertThat(entry.attributes()).hasSize(15);
        assertThat(entry.incomplete()).isFalse();
        assertThat(problems).isEmpty();
    }

    @Test
    void leavesOutAttributesBeyondWhatReadersTakeAndSaysSo() {
        byte[] encoded = EntryFactory.encode(withAttributes(140), FileNames.of("/f"), progress);
        Entry entry = decode(encoded);
        assertThat(encoded.length).isLessThan(Sizes.ENTRY_TARGET);
        assertThat(entry.attributes()).isEmpty();
        assertThat(entry.incomplete()).isTrue();
        assertThat(problems).hasSize(1);
    }

    private static Entry decode(byte[] encoded) {
        EntryCursor cursor = new EntryCursor(new ByteReader(encoded, "entry"), new byte[0]);
        assertThat(cursor.next()).isTrue();
        return cursor.entry();
    }

    private static Entry withAttributes(int count) {
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attributes.add(new ExtendedAttribute(FileNames.of("user.a" + (1000 + i)), new byte[VALUE]));
        }
        Timestamp time = new Timestamp(1, 2);
        Entry.Body body = new Entry.Nothing();
        return new Entry(
                FileType.FIFO,
                FileNames.of("f"),
                0600,
                0,
                0,
                time,
                time,
                1,
                false,
                false,
                false,
                body,
                attributes,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
