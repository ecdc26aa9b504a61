package model;

/// What has become of a snapshot.
final class Root {

    static final int NONE = 0;
    static final int LISTED = 1;
    /// Its forget record is there, and so is the SNAPSHOT.
    static final int FORGOTTEN = 2;
    static final int GONE = 3;

    private Root() {}
}
