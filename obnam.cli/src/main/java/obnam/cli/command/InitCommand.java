package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import obnam.api.ChunkStore;
import obnam.api.UsageException;
import obnam.cli.settings.RepositoryLocation;
import obnam.engine.Credential;
import obnam.engine.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Makes a repository; where there is one already, only puts its keys into the secrets file of this machine.
final class InitCommand extends Command {

    @Option(name = "--kdf", metaVar = "NAME", usage = "key derivation: argon2id or pbkdf2-hmac-sha-512")
    private @Nullable RawText keyDeriver;

    @Option(name = "--kdf-parameter", metaVar = "NAME=NUMBER", usage = "parameter of the key derivation; repeatable")
    private List<RawText> keyDeriverParameters = new ArrayList<>();

    @Override
    public int run(Session session) {
        Map<String, Long> parameters = parameters();
        RepositoryLocation location = session.where().location();
        NewRepository repository = new NewRepository(session, location);
        ServerAccess access = new ServerAccess(session, this);
        access.ask(location);
        Optional<RepositoryId> existing = access.trusting(location, repository::existing);
        if (existing.isEmpty()) {
            make(session, repository, location, parameters);
            keep(access, location);
            return 0;
        }
        if (keyDeriver != null || !parameters.isEmpty()) {
            throw new UsageException(
                    "there is a repository already", location.toString(), "Leave out --kdf and --kdf-parameter");
        }
        takeUp(session, repository, location, existing.get());
        keep(access, location);
        return 0;
    }

    private void keep(ServerAccess access, RepositoryLocation location) {
        if (!dryRun()) {
            access.keep(location);
        }
    }

    private void make(
            Session session, NewRepository repository, RepositoryLocation location, Map<String, Long> parameters) {
        if (dryRun()) {
            session.output().summary("would make a repository in " + location);
            return;
        }
        RepositoryId id = repository.make(text(keyDeriver), parameters);
        session.output().summary("made repository " + shown(id) + " in " + location);
        session.output()
                .summary("its keys are in " + session.secrets().name()
                        + "; on any other machine the passphrase is needed: do not lose it");
        tell(session, id, location, true);
    }

    private void takeUp(Session session, NewRepository repository, RepositoryLocation location, RepositoryId id) {
        Optional<Credential> stored = session.secrets().find(id);
        if (stored.isPresent()) {
            ChunkStore store = session.openStore(location, ChunkStore.OpenMode.EXISTING);
            session.open(store, stored.get()).close();
            session.output().summary("nothing to do: the keys of repository " + shown(id) + " are here already");
        } else if (dryRun()) {
            session.output()
                    .summary("would add repository " + shown(id) + " to "
                            + session.secrets().name());
        } else {
            repository.takeUp();
            session.output()
                    .summary("the keys of repository " + shown(id) + " are now in "
                            + session.secrets().name());
        }
        tell(session, id, location, false);
    }

    private static void tell(Session session, RepositoryId id, RepositoryLocation location, boolean made) {
        session.output()
                .json(
                        "initialized",
                        fields -> fields.add("repository", id.hex())
                                .add("location", location.toString())
                                .add("made", made));
    }

    private static String shown(RepositoryId id) {
        return id.hex().substring(0, 8);
    }

    private Map<String, Long> parameters() {
        Map<String, Long> parameters = new TreeMap<>();
        for (RawText each : keyDeriverParameters) {
            String text = each.text();
            int equals = text.indexOf('=');
            try {
                parameters.put(text.substring(0, Math.max(0, equals)), Long.parseLong(text.substring(equals + 1)));
            } catch (NumberFormatException _) {
                equals = -1;
            }
            if (equals < 1) {
                throw new UsageException(
                        "a parameter has the form NAME=NUMBER", each.toString(), "For example iterations=4");
            }
        }
        return parameters;
    }
}
