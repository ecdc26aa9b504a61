package obnam.engine;

/// Something that could not be read, stored or restored, while the rest went on.
///
/// @param path what it concerns, as bytes; may hold any byte
/// @param reason what happened, in words for the user
public record Problem(byte[] path, String reason) {}
