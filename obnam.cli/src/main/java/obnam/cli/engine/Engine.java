package obnam.cli.engine;

import java.util.Map;
import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.StoreAccess;
import obnam.cli.settings.RepositoryLocation;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;

/// What commands need of the engine to make and open repositories; a seam, so that commands are tested without one.
public interface Engine {

    /// Opens a store.
    ///
    /// @param access what the store is shown to let us in
    /// @throws obnam.api.NoRepositoryException if there is nothing and `mode` is not CREATE
    /// @throws obnam.api.UntrustedServerException if the server cannot be told from an impostor
    ChunkStore openStore(RepositoryLocation location, ChunkStore.OpenMode mode, StoreAccess access);

    /// Which repository is in the store.
    ///
    /// @throws obnam.api.NoRepositoryException if there is none
    RepositoryId identify(ChunkStore store);

    /// Makes a repository.
    ///
    /// @param keyDeriver name of the key derivation; empty for the default
    /// @param parameters of the key derivation; empty for its defaults
    /// @param passphrase not kept
    Credential create(ChunkStore store, Optional<String> keyDeriver, Map<String, Long> parameters, byte[] passphrase);

    /// Derives the keys from the passphrase.
    ///
    /// @param passphrase not kept
    /// @throws obnam.api.WrongPassphraseException if it opens nothing
    Credential unlock(ChunkStore store, byte[] passphrase);

    /// Opens the repository.
    ///
    /// @param stateDirectory where the repository's state on this machine is
    /// @param cacheDirectory where the repository's cache on this machine is
    OpenRepository open(ChunkStore store, Credential credential, byte[] stateDirectory, byte[] cacheDirectory);
}
