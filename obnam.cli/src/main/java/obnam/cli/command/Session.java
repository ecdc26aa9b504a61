package obnam.cli.command;

import java.util.Optional;
import obnam.api.ChunkStore;
import obnam.api.NoRepositoryException;
import obnam.api.StoreAccess;
import obnam.api.UsageException;
import obnam.cli.engine.Engine;
import obnam.cli.engine.OpenRepository;
import obnam.cli.host.Environment;
import obnam.cli.host.Interruption;
import obnam.cli.host.LocalFiles;
import obnam.cli.host.PathBytes;
import obnam.cli.secret.Passphrase;
import obnam.cli.secret.PassphraseSource;
import obnam.cli.secret.SecretsFile;
import obnam.cli.settings.Configuration;
import obnam.cli.settings.ConfigurationReader;
import obnam.cli.settings.Directories;
import obnam.cli.settings.RepositoryLocation;
import obnam.cli.terminal.Output;
import obnam.engine.Actor;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;
import obnam.posix.FileNames;

/// One run of a command: what it works with, put together from the options, the environment and the
/// configuration. Used by one thread.
public final class Session implements AutoCloseable {

    private static final int CONFIG_LIMIT = 1 << 20;

    private final Environment environment;
    private final Command command;
    private final Output output;
    private final Engine engine;
    private final Interruption interruption;
    private final Directories directories;
    private Optional<Configuration> configuration = Optional.empty();
    private Optional<ChunkStore> store = Optional.empty();
    private Optional<StoreAccess> access = Optional.empty();

    /// @param command with its options set
    public Session(Environment environment, Command command, Output output, Engine engine, Interruption interruption) {
        this.environment = environment;
        this.command = command;
        this.output = output;
        this.engine = engine;
        this.interruption = interruption;
        this.directories = Directories.of(environment, command.cacheDirectory().map(this::absolute));
    }

    Environment environment() {
        return environment;
    }

    Output output() {
        return output;
    }

    Engine engine() {
        return engine;
    }

    Interruption interruption() {
        return interruption;
    }

    /// Who runs the command.
    Actor actor() {
        return new Actor(environment.hostName(), environment.userName());
    }

    Directories directories() {
        return directories;
    }

    LocalFiles files() {
        return new LocalFiles(environment.files());
    }

    SecretsFile secrets() {
        return new SecretsFile(files(), directories.secretsFile());
    }

    PassphraseSource passphrases() {
        return new PassphraseSource(
                environment, command.passphraseFile(), command.passphraseCommand(), output::warning);
    }

    /// A path the user gave, as an absolute one.
    byte[] absolute(byte[] path) {
        return PathBytes.absolute(environment.workingDirectory(), path);
    }

    /// Where the configuration is read from.
    byte[] configFile() {
        return command.config().map(this::absolute).orElseGet(directories::configFile);
    }

    /// The configuration; empty if there is no file and the user named none.
    Configuration configuration() {
        if (configuration.isEmpty()) {
            configuration = Optional.of(readConfiguration());
        }
        return configuration.get();
    }

    private Configuration readConfiguration() {
        byte[] path = configFile();
        String name = FileNames.display(path);
        Optional<LocalFiles.Content> content = files().readFollowing(path, CONFIG_LIMIT);
        if (content.isPresent()) {
            return ConfigurationReader.read(content.get().content(), name, environment.home(), command.profile());
        }
        if (command.config().isPresent() || command.profile().isPresent()) {
            throw new UsageException("there is no configuration file", name, "Make it, or check the options");
        }
        return Configuration.EMPTY;
    }

    /// Which repository to work on: the one that `-r`, `OBNAM_REPOSITORY` or the configuration names, in this
    /// order, or else the embedded default.
    Where where() {
        Optional<byte[]> named = command.repository()
                .or(() -> environment.variable("OBNAM_REPOSITORY"))
                .or(() -> configuration().repository().map(FileNames::of));
        return named.map(location ->
                        new Where(RepositoryLocation.parse(location, environment.workingDirectory()), false))
                .orElseGet(() -> new Where(RepositoryLocation.file(directories.defaultRepository()), true));
    }

    /// What stores are shown in this session from now on, instead of what is known otherwise.
    void useAccess(StoreAccess given) {
        access = Optional.of(given);
    }

    /// What a store is shown to let us in: what the options and the environment say, and what is kept for
    /// that place.
    StoreAccess access(RepositoryLocation location) {
        return access.orElseGet(() -> new ServerAccess(this, command).known(location));
    }

    /// Opens the store, which this session closes.
    ChunkStore openStore(RepositoryLocation location, ChunkStore.OpenMode mode) {
        close();
        ChunkStore opened = engine.openStore(location, mode, access(location));
        store = Optional.of(opened);
        return opened;
    }

    /// Opens the repository: with the keys in the secrets file, or else with the passphrase.
    OpenRepository openRepository() {
        RepositoryLocation location = where().location();
        try {
            ChunkStore opened = openStore(location, ChunkStore.OpenMode.EXISTING);
            RepositoryId id = engine.identify(opened);
            return open(opened, credential(opened, id, location));
        } catch (NoRepositoryException e) {
            throw new NoRepositoryException(
                    "there is no repository",
                    location.toString(),
                    "Check the place, or make one: obnam init -r " + location,
                    e);
        }
    }

    private Credential credential(ChunkStore opened, RepositoryId id, RepositoryLocation location) {
        return secrets().find(id).orElseGet(() -> {
            try (Passphrase passphrase = passphrases().existing(location.toString())) {
                return engine.unlock(opened, passphrase.bytes());
            }
        });
    }

    /// Opens the repository, and erases the credential.
    OpenRepository open(ChunkStore opened, Credential credential) {
        String id = credential.repository().hex();
        try {
            return engine.open(
                    opened,
                    credential,
                    PathBytes.join(directories.state(), id),
                    PathBytes.join(directories.cache(), id));
        } finally {
            credential.erase();
        }
    }

    @Override
    public void close() {
        store.ifPresent(ChunkStore::close);
        store = Optional.empty();
    }
}
