package obnam.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The verbs.
public enum Verb {
    INIT("make a repository, or take up an existing one on this machine", InitCommand::new),
    BACKUP("save files and directories", BackupCommand::new),
    SNAPSHOTS("list the snapshots", SnapshotsCommand::new, "list"),
    LS("list what is in a snapshot", LsCommand::new),
    RESTORE("bring back what is in a snapshot", RestoreCommand::new),
    CHECK("check that the repository is whole", CheckCommand::new),
    CONFIG("show the configuration that is in force", ConfigCommand::new),
    VERSION("show the version", VersionCommand::new),
    HELP("explain a command", HelpCommand::new);

    private final String description;
    private final Supplier<Command> maker;
    private final List<String> otherNames;

    Verb(String description, Supplier<Command> maker, String... otherNames) {
        this.description = description;
        this.maker = maker;
        this.otherNames = List.of(otherNames);
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
        return Stream.concat(Stream.of(verb()), otherNames.stream());
    }

    /// Its name on the command line.
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Other names it has there.
    public List<String> otherNames() {
        return otherNames;
    }

    /// What it does, in a few words.
    public String description() {
        return description;
    }

    /// A new command, with no options set.
    public Command command() {
        return maker.get();
    }
}
