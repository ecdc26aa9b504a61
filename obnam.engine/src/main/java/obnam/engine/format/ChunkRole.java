package obnam.engine.format;

/// What a chunk holds. Each role has its own key for ids, so a chunk of one role never passes for one of another.
public enum ChunkRole {
    /// A piece of a file.
    DATA(1),
    /// A node of a directory's tree.
    TREE(2),
    /// A node of a file's chunk list.
    LIST(3);

    private final int number;

    ChunkRole(int number) {
        this.number = number;
    }

    /// The number that stands for it in the data: 1 to 3.
    public int number() {
        return number;
    }

    /// The role of that number.
    ///
    /// @throws obnam.api.UsageException if this version does not know it
    public static ChunkRole of(int number, Object subject) {
        return switch (number) {
            case 1 -> DATA;
            case 2 -> TREE;
            case 3 -> LIST;
            default -> throw ByteReader.newerVersion(subject);
        };
    }
}
