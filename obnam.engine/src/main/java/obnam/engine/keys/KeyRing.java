package obnam.engine.keys;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The keys of a repository. Holds secrets: never printed.
public final class KeyRing {

    /// Length of each key in bytes.
    public static final int KEY_LENGTH = 32;

    /// One key.
    ///
    /// @param number unique within the repository; 1 or greater
    /// @param purpose the number of a [KeyPurpose], or one that a later version knows
    /// @param epoch for keys that are replaced over time, rising
    /// @param key 32 bytes; not to be changed
    public record Entry(int number, int purpose, int epoch, byte[] key) {
        @Override
        public String toString() {
            return "key " + number + " of purpose " + purpose;
        }
    }

    private final List<Entry> entries;

    /// @param entries the keys
    public KeyRing(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /// A new ring with one random key of each purpose.
    public static KeyRing random(SecureRandom random) {
        List<Entry> entries = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            byte[] key = new byte[KEY_LENGTH];
            random.nextBytes(key);
            entries.add(new Entry(purpose.number(), purpose.number(), 0, key));
        }
        return new KeyRing(entries);
    }

    /// All keys.
    public List<Entry> entries() {
        return entries;
    }

    /// The key of the highest epoch for a purpose, if the credential has one.
    public Optional<Entry> newest(KeyPurpose purpose) {
        return entries.stream()
                .filter(entry -> entry.purpose() == purpose.number())
                .max(Comparator.comparingInt(Entry::epoch));
    }

    /// The sealing key of that number, if the credential has it.
    public Optional<Entry> sealing(int number) {
        return entries.stream()
                .filter(entry -> entry.number() == number && entry.purpose() == KeyPurpose.SEALING.number())
                .findFirst();
    }

    @Override
    public String toString() {
        return entries.size() + " keys";
    }
}
