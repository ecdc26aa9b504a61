package obnam.api;

/// One line of a store's listing.
///
/// @param name the object
/// @param size its length in bytes
public record ObjectInfo(ObjectName name, long size) {}
