/// All that happens between live data and a store: repository format, keys, index, backup, restore, check. It
/// names no chunker, hasher, cipher or store; those are found by the names written in the data.
@org.jspecify.annotations.NullMarked
module obnam.engine {
    requires static org.jspecify;
    requires transitive obnam.api;
    requires transitive obnam.posix;
    requires com.github.luben.zstd_jni;

    exports obnam.engine;
    exports obnam.engine.filter;
    exports obnam.engine.retention;
}
