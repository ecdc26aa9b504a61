package obnam.cli;

import java.io.File;

/// Where the native libraries of other modules are.
final class NativeLibraries {

    private NativeLibraries() {}

    /// Tells the compression library to load the copy that the distribution has unpacked. Without one it unpacks
    /// itself into the folder for temporary files at each start, which takes time and fails where that folder does
    /// not allow execution. Called before anything is compressed.
    static void locate() {
        String folder = System.getProperty("obnam.native", "");
        File library = new File(new File(folder, System.getProperty("os.arch")), "libzstd-jni.so");
        if (!folder.isEmpty() && library.isFile()) {
            System.setProperty("ZstdNativePath", library.getPath());
        }
    }
}
