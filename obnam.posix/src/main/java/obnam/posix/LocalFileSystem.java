package obnam.posix;

/// Chooses the implementation, once.
final class LocalFileSystem {
    static final FileSystem INSTANCE = choose();

    private LocalFileSystem() {}

    private static FileSystem choose() {
        boolean fallback = "nio".equals(System.getProperty("obnam.posix"));
        return !fallback && SystemCalls.isAvailable() ? new LinuxFileSystem() : new NioFileSystem();
    }
}
