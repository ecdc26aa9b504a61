/// Hashers: the id of a chunk. Nothing is exported; the providers arrive through `java.util.ServiceLoader`.
@org.jspecify.annotations.NullMarked
module obnam.hash {
    requires static org.jspecify;
    requires obnam.api;
}
