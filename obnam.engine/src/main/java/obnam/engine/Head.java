package obnam.engine;

import obnam.api.ObjectName;

/// A record of the log by its place: the newest of a chain, or one that is looked for.
///
/// @param chain hexadecimal id of the chain, 32 digits
/// @param number number of the record in its chain, from 0
/// @param name the SNAPSHOT object
public record Head(String chain, long number, ObjectName name) {}
