package obnam.crypto;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import obnam.api.KeyDeriver.Purpose;
import obnam.api.UsageException;

/// The parameters of one derivation and their limits.
record DeriverParameters(String deriver, List<DeriverParameter> known) {

    DeriverParameters {
        known = List.copyOf(known);
    }

    /// See [obnam.api.KeyDeriver#defaults].
    Map<String, Long> defaults() {
        return known.stream().collect(Collectors.toUnmodifiableMap(DeriverParameter::name, DeriverParameter::usual));
    }

    /// See [obnam.api.KeyDeriver#check]. Allocates nothing that depends on the values.
    void check(Map<String, Long> given, Purpose purpose) {
        for (String name : given.keySet()) {
            if (known.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw new UsageException(
                        "unknown parameter of a key derivation", deriver + " " + name, "A newer version may know it");
            }
        }
        for (DeriverParameter parameter : known) {
            Long value = given.get(parameter.name());
            if (value == null) {
                throw new UsageException(
                        "a parameter of a key derivation is missing", deriver + " " + parameter.name(), "");
            }
            checkRange(parameter, value, purpose);
        }
    }

    private void checkRange(DeriverParameter parameter, long value, Purpose purpose) {
        long least = purpose == Purpose.CREATE ? parameter.leastToCreate() : parameter.leastToOpen();
        String subject = deriver + " " + parameter.name() + " = " + value;
        if (value < least) {
            throw new UsageException(
                    "a key derivation is too weak",
                    subject + ", at least " + least,
                    purpose == Purpose.CREATE
                            ? "Choose a higher value"
                            : "Repositories are never made like this: do not trust this store");
        }
        if (value > parameter.most()) {
            throw new UsageException(
                    "a key derivation is too costly",
                    subject + ", at most " + parameter.most(),
                    purpose == Purpose.CREATE
                            ? "Choose a lower value"
                            : "Repositories are never made like this: do not trust this store");
        }
    }

    /// Refuses what no caller that read the documentation asks for.
    static void checkCall(byte[] salt, int length) {
        if (salt.length < 16) {
            throw new IllegalArgumentException("a salt of " + salt.length + " bytes");
        }
        if (length < 16 || length > 1024) {
            throw new IllegalArgumentException("a key of " + length + " bytes");
        }
    }
}
