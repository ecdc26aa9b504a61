package obnam.engine;

/// What to check.
///
/// @param readData whether to read every pack whole and verify every chunk, besides all that holds them together
public record CheckRequest(boolean readData) {}
