package obnam.cli.command;

import java.util.Map;
import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.NoRepositoryException;
import obnam.cli.secret.Passphrase;
import obnam.cli.settings.RepositoryLocation;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;

/// Makes a repository and keeps its keys in the secrets file.
final class NewRepository {

    private final Session session;
    private final RepositoryLocation location;

    NewRepository(Session session, RepositoryLocation location) {
        this.session = session;
        this.location = location;
    }

    /// The repository that is there already, if one is.
    Optional<RepositoryId> existing() {
        try {
            ChunkStore store = session.openStore(location, ChunkStore.OpenMode.EXISTING);
            return Optional.of(session.engine().identify(store));
        } catch (NoRepositoryException _) {
            return Optional.empty();
        }
    }

    /// Makes it, with a passphrase that is asked for. What could go wrong on this machine is found out first.
    RepositoryId make(Optional<String> keyDeriver, Map<String, Long> parameters) {
        session.secrets().requireUsable();
        try (Passphrase passphrase = session.passphrases().forNew(location.toString())) {
            ChunkStore store = session.openStore(location, ChunkStore.OpenMode.CREATE);
            Credential credential = session.engine().create(store, keyDeriver, parameters, passphrase.bytes());
            try {
                session.secrets().add(credential);
                return credential.repository();
            } finally {
                credential.erase();
            }
        }
    }

    /// Adds the keys of a repository that is there to the secrets file.
    void takeUp() {
        session.secrets().requireUsable();
        try (Passphrase passphrase = session.passphrases().existing(location.toString())) {
            ChunkStore store = session.openStore(location, ChunkStore.OpenMode.EXISTING);
            Credential credential = session.engine().unlock(store, passphrase.bytes());
            try {
                session.secrets().add(credential);
            } finally {
                credential.erase();
            }
        }
    }
}
