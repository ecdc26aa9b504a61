package obnam.cli.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import obnam.engine.Compression;

/// The names of [Compression] as users write them.
public final class Compressions {

    /// What there is to choose from, as advice.
    public static final String LIST = "Choose one of "
            + Arrays.stream(Compression.values()).map(Compressions::name).collect(Collectors.joining(", "));

    private Compressions() {}

    /// The name a user writes.
    public static String name(Compression compression) {
        return compression.name().toLowerCase(Locale.ROOT);
    }

    /// The compression of that name, if there is one.
    public static Optional<Compression> parse(String name) {
        return Arrays.stream(Compression.values())
                .filter(compression -> name(compression).equals(name))
                .findFirst();
    }
}
