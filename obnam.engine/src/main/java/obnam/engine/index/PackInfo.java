package obnam.engine.index;

import obnam.api.ObjectName;
import obnam.engine.format.PackType;

/// A pack that an index names.
///
/// @param name the pack
/// @param size its length in bytes
/// @param type what it holds
public record PackInfo(ObjectName name, int size, PackType type) {}
