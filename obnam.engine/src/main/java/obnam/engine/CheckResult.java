package obnam.engine;

/// How a check ended; the damage itself was reported as problems.
///
/// @param snapshots snapshots that were checked
/// @param packs packs that were checked
/// @param chunks chunks that were checked
/// @param bytesRead bytes that were read from the store
/// @param damaged number of things found damaged or missing
public record CheckResult(long snapshots, long packs, long chunks, long bytesRead, long damaged) {}
