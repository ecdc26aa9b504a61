package obnam.engine.format;

/// What a chunk holds. Each role has its own key for ids, so a chunk of one role never passes for one of another.
public enum ChunkRole {
    /// A piece of a file.
    DATA,
    /// A node of a directory's tree.
    TREE,
    /// A node of a file's chunk list.
    LIST;

    private static final ChunkRole[] ALL = values();

    /// The number that stands for it in the data: 1 to 3.
    public int number() {
        return ordinal() + 1;
    }

    /// The role of that number.
    ///
    /// @throws obnam.api.UsageException if this version does not know it
    public static ChunkRole of(int number, Object subject) {
        if (number < 1 || number > ALL.length) {
            throw ByteReader.newerVersion(subject);
        }
        return ALL[number - 1];
    }
}
