package obnam.engine.format;

/// What a frame holds; part of its associated data, so one kind can never pass for another.
public enum FrameRole {
    /// A block of chunks.
    BLOCK(1),
    /// The table of a pack.
    TABLE(2),
    /// The trailer of a pack.
    TRAILER(3),
    /// An INDEX object.
    INDEX(4),
    /// A SNAPSHOT object.
    RECORD(5),
    /// A NOTICE object.
    NOTICE(6),
    /// The key ring in a KEY object.
    RING(7);

    private final int number;

    FrameRole(int number) {
        this.number = number;
    }

    /// The number that stands for it in the data.
    public int number() {
        return number;
    }
}
