package obnam.api;

/// The lengths that bound and steer chunks, in bytes. All chunks but the last of a stream are between the minimum
/// and the maximum.
///
/// @param minimum 64 or greater
/// @param normal the length from which on a cut is made more willingly; from the minimum to the maximum. The mean
///     length of chunks is near it and depends on the data.
/// @param maximum at most [#LARGEST]
public record ChunkSizes(int minimum, int normal, int maximum) {

    /// No chunk is longer than this: 8 MiB.
    public static final int LARGEST = 8 << 20;

    /// @throws IllegalArgumentException if a value is out of its range
    public ChunkSizes {
        if (minimum < 64 || normal < minimum || maximum < normal || maximum > LARGEST) {
            throw new IllegalArgumentException(
                    "chunk sizes out of range: minimum " + minimum + ", normal " + normal + ", maximum " + maximum);
        }
    }
}
