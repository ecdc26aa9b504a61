package obnam.crypto;

/// What one parameter of a derivation may be. Values above `most` are refused because they come from a store, which
/// could otherwise stop every client; values below the floors because they would make guessing passphrases cheap.
///
/// @param name as in the data
/// @param usual for new keys
/// @param leastToCreate floor for new keys
/// @param leastToOpen floor for keys that exist
/// @param most ceiling, for both
record DeriverParameter(String name, long usual, long leastToCreate, long leastToOpen, long most) {

    DeriverParameter {
        if (leastToOpen < 1 || leastToCreate < leastToOpen || usual < leastToCreate || most < usual) {
            throw new IllegalArgumentException(name);
        }
    }
}
