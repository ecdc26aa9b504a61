package obnam.api;

import java.util.Map;

/// Derives keys from a passphrase, slowly; found by [java.util.ServiceLoader].
///
/// **Parameters are hostile.** They come from a store. A deriver refuses values that would make guessing cheap (a
/// floor) and values that would exhaust the machine (a ceiling) before it allocates anything.
///
/// **Threads.** Any number of threads may call at once; a call can take all the memory its parameters name.
public interface KeyDeriver extends Named {

    /// The parameters for a new key: short names and values.
    Map<String, Long> defaults();

    /// Checks parameters that came from a store.
    ///
    /// @param parameters as in [#defaults]
    /// @param purpose new keys have a higher floor than old ones
    /// @throws UsageException if a parameter is missing, unknown, too weak or too costly; it names the parameter
    void check(Map<String, Long> parameters, Purpose purpose);

    /// How much of the Java heap one derivation takes, so that whoever has less can derive elsewhere.
    ///
    /// @param parameters must have passed [#check]
    /// @return bytes; 0 for next to nothing
    default long memory(Map<String, Long> parameters) {
        return 0;
    }

    /// Derives `length` bytes.
    ///
    /// @param passphrase as the user gave it, in UTF-8; not kept, not changed
    /// @param salt at least 16 bytes; not kept
    /// @param parameters must have passed [#check]
    /// @param length 16 to 1024
    /// @return a new array, the caller's to erase
    byte[] derive(byte[] passphrase, byte[] salt, Map<String, Long> parameters, int length);

    /// What parameters are to be used for.
    enum Purpose {
        /// Making a new key.
        CREATE,
        /// Opening one that exists.
        OPEN
    }
}
