package obnam.engine.format;

/// What a pack holds.
public enum PackType {
    /// Chunks of role data.
    DATA(1),
    /// Chunks of the roles tree and list.
    TREE(2);

    private final int number;

    PackType(int number) {
        this.number = number;
    }

    /// The number that stands for it in the data: 1 or 2.
    public int number() {
        return number;
    }

    /// The type of that number.
    ///
    /// @throws obnam.api.UsageException if this version does not know it
    public static PackType of(int number, Object subject) {
        return switch (number) {
            case 1 -> DATA;
            case 2 -> TREE;
            default -> throw ByteReader.newerVersion(subject);
        };
    }
}
