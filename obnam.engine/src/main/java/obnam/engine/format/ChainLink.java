package obnam.engine.format;

import java.util.List;
import java.util.Optional;
import obnam.api.ObjectName;
import obnam.engine.Head;

/// The place of a record in the chain of the machine that wrote it. Gaps, forks and older heads show by it.
///
/// @param chain hexadecimal id of the chain: random for each machine, repository and state directory
/// @param number of the record in its chain, from 0
/// @param before the record before it in its chain
/// @param heads the newest records of other chains that the writer had seen
public record ChainLink(String chain, long number, Optional<ObjectName> before, List<Head> heads) {

    /// Length of a chain's id in bytes.
    public static final int CHAIN_LENGTH = 16;

    /// The most heads of other chains that a writer names.
    public static final int HEADS_LIMIT = 64;
}
