/// Chunkers: where a stream is cut. Nothing is exported; the providers arrive through `java.util.ServiceLoader`.
@org.jspecify.annotations.NullMarked
module obnam.chunker {
    requires static org.jspecify;
    requires obnam.api;
}
