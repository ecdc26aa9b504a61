package obnam.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The verbs.
public enum Verb {
    INIT("make a repository, or take up an existing one on this machine"),
    BACKUP("save files and directories"),
    SNAPSHOTS("list the snapshots"),
    LS("list what is in a snapshot"),
    RESTORE("bring back what is in a snapshot"),
    FORGET("remove snapshots, by name or by rules; their data stay until obnam prune"),
    TAG("change the tags of snapshots"),
    PRUNE("delete what no snapshot needs any more"),
    CHECK("check that the repository is whole"),
    CONFIG("show the configuration that is in force"),
    VERSION("show the version"),
    HELP("explain a command");

    private final String description;

    Verb(String description) {
        this.description = description;
    }

    /// The verb of that name, if there is one.
    public static Optional<Verb> of(String name) {
        return Arrays.stream(values())
                .filter(verb -> verb.names().anyMatch(name::equals))
                .findFirst();
    }

    /// The name of the verb that is nearest to a misspelt one, if one is near.
    public static Optional<String> nearest(String name) {
        return Nearest.to(name, Arrays.stream(values()).flatMap(Verb::names).toList());
    }

    private Stream<String> names() {
        return Stream.concat(Stream.of(verb()), otherNames().stream());
    }

    /// Its name on the command line.
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Other names it has there.
    public List<String> otherNames() {
        return this == SNAPSHOTS ? List.of("list") : List.of();
    }

    /// What it does, in a few words.
    public String description() {
        return description;
    }

    /// A new command, with no options set.
    public Command command() {
        return switch (this) {
            case INIT -> new InitCommand();
            case BACKUP -> new BackupCommand();
            case SNAPSHOTS -> new SnapshotsCommand();
            case LS -> new LsCommand();
            case TAG -> new TagCommand();
            case FORGET -> new ForgetCommand();
            case RESTORE -> new RestoreCommand();
            case PRUNE -> new PruneCommand();
            case CHECK -> new CheckCommand();
            case CONFIG -> new ConfigCommand();
            case VERSION -> new VersionCommand();
            case HELP -> new HelpCommand();
        };
    }
}
