/// Key derivers and ciphers. Bouncy Castle is used for primitives the JDK lacks, through its lightweight classes; it is
/// never registered as a security provider. Nothing is exported; the providers arrive through `java.util.ServiceLoader`.
@org.jspecify.annotations.NullMarked
module obnam.crypto {
    requires static org.jspecify;
    requires obnam.api;
    requires org.bouncycastle.provider;
}
