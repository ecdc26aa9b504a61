package obnam.engine.keys;

/// What a key of the ring is for; section 3.1 of the format.
public enum KeyPurpose {
    /// Seals frames.
    SEALING(1),
    /// Ids of data chunks.
    DATA_IDS(2),
    /// Ids of tree nodes.
    TREE_IDS(3),
    /// Ids of list nodes.
    LIST_IDS(4),
    /// The chunker's key.
    CHUNKER(5),
    /// Where the trees of large directories are cut.
    TREE_CUTS(6);

    private final int number;

    KeyPurpose(int number) {
        this.number = number;
    }

    /// The number that stands for it in the data.
    public int number() {
        return number;
    }
}
