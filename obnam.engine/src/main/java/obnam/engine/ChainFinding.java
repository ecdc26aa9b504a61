package obnam.engine;

/// A sign that the store lost or hides records, or that a machine's state was copied.
///
/// @param kind what it is a sign of
/// @param chain hexadecimal id of the chain
/// @param first number of the first record it concerns
/// @param last number of the last record it concerns
public record ChainFinding(Kind kind, String chain, long first, long last) {

    private static final int CHAIN_DIGITS = 8;

    /// What can be wrong with a chain.
    public enum Kind {
        /// Records are missing between others.
        GAP,
        /// The newest records are missing: the store shows an older state.
        OLDER_HEAD,
        /// All records of a chain are missing.
        HIDDEN_CHAIN,
        /// A record is another one than was seen before, or there are two with one number.
        FORK
    }

    /// Whether both concern the same records.
    public boolean overlaps(ChainFinding other) {
        return chain.equals(other.chain) && first <= other.last && other.first <= last;
    }

    /// One line for the user.
    public String text() {
        String numbers = first == last ? "record " + first : "records " + first + " to " + last;
        String where = numbers + " of chain " + chain.substring(0, CHAIN_DIGITS);
        String are = first == last ? " is" : " are";
        return switch (kind) {
            case GAP ->
                where + are + " missing, and nothing says that somebody forgot " + (first == last ? "it" : "them");
            case OLDER_HEAD -> where + are + " not there any more: the store shows an older state than it had";
            case HIDDEN_CHAIN ->
                where + are + " not there, and no other of that chain: the store hides a machine's records";
            case FORK ->
                where + are + " not what was seen before, or there twice: the store shows different things, or two "
                        + "machines work with copies of one state";
        };
    }
}
