package obnam.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a user writes down after a backup, to find out later whether the store still has it: the place of a
/// record, shortened.
///
/// @param chain first digits of the chain's id, 8 or more
/// @param number number of the record in its chain
/// @param name first digits of the record's name, 16 or more
public record Receipt(String chain, long number, String name) {

    private static final int CHAIN_DIGITS = 8;
    private static final int NAME_DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8,32})-([0-9]{1,18})-([0-9a-f]{16,64})");

    /// The receipt for a record.
    public static Receipt of(Head head) {
        return new Receipt(
                head.chain().substring(0, CHAIN_DIGITS),
                head.number(),
                head.name().hex().substring(0, NAME_DIGITS));
    }

    /// Reads what [#toString] wrote.
    ///
    /// @return empty if it has another form
    public static Optional<Receipt> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Receipt(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /// Whether this may be the receipt for a record of that chain and number.
    public boolean fits(String otherChain, long otherNumber) {
        return otherNumber == number && otherChain.startsWith(chain);
    }

    /// Whether this is the receipt for a record.
    public boolean fits(Head head) {
        return fits(head.chain(), head.number()) && head.name().hex().startsWith(name);
    }

    /// `CHAIN-NUMBER-NAME`.
    @Override
    public String toString() {
        return chain + "-" + number + "-" + name;
    }
}
