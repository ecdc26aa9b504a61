package obnam.engine.format;

/// What a pack holds.
public enum PackType {
    /// Chunks of role data.
    DATA,
    /// Chunks of the roles tree and list.
    TREE;

    private static final PackType[] ALL = values();

    /// The number that stands for it in the data: 1 or 2.
    public int number() {
        return ordinal() + 1;
    }

    /// The type of that number.
    ///
    /// @throws obnam.api.UsageException if this version does not know it
    public static PackType of(int number, Object subject) {
        if (number < 1 || number > ALL.length) {
            throw ByteReader.newerVersion(subject);
        }
        return ALL[number - 1];
    }
}
