package obnam.engine.format;

import obnam.api.ObjectName;

/// A record whose type this version does not know: a link of its chain all the same.
///
/// @param name the object
/// @param link its place
public record OtherRecord(ObjectName name, ChainLink link) implements LogRecord {}
