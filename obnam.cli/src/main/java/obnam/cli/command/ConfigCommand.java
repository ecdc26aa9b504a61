package obnam.cli.command;

import java.util.List;
import obnam.cli.settings.Compressions;
import obnam.cli.settings.Configuration;
import obnam.cli.terminal.Output;
import obnam.engine.Compression;
import obnam.posix.FileNames;

/// Shows the configuration that is in force, and where the program keeps its files.
final class ConfigCommand extends Command {

    @Override
    public int run(Session session) {
        Configuration configuration = session.configuration();
        Where where = session.where();
        Output output = session.output();
        output.result("repository: " + where.location() + (where.embeddedDefault() ? " (embedded default)" : ""));
        list(output, "roots", configuration.roots());
        list(output, "exclude", configuration.exclude());
        output.result("exclude-caches: " + configuration.excludeCaches().orElse(true));
        output.result("one-file-system: " + configuration.oneFileSystem().orElse(false));
        list(output, "tags", configuration.tags().stream().map(FileNames::of).toList());
        output.result("compression: " + compression(configuration));
        list(
                output,
                "keep",
                configuration.keep().lines().stream().map(FileNames::of).toList());
        output.result("config file: " + FileNames.display(session.configFile()) + there(session, session.configFile()));
        output.result("secrets file: " + session.secrets().name()
                + there(session, session.directories().secretsFile()));
        output.result("state: " + FileNames.display(session.directories().state()));
        output.result("cache: " + FileNames.display(session.directories().cache()));
        json(session, configuration, where);
        return 0;
    }

    private static String compression(Configuration configuration) {
        return Compressions.name(configuration.compression().orElse(Compression.DEFAULT));
    }

    private static String there(Session session, byte[] path) {
        return session.files().status(path).isPresent() ? "" : " (not there)";
    }

    private static void list(Output output, String name, List<byte[]> values) {
        output.result(name + ":" + (values.isEmpty() ? " none" : ""));
        values.forEach(value -> output.result("  - " + FileNames.display(value)));
    }

    private static void json(Session session, Configuration configuration, Where where) {
        session.output()
                .json(
                        "config",
                        fields -> fields.add("repository", where.location().toString())
                                .add("embedded_default", where.embeddedDefault())
                                .addNames("roots", configuration.roots())
                                .addNames("exclude", configuration.exclude())
                                .add(
                                        "exclude_caches",
                                        configuration.excludeCaches().orElse(true))
                                .add(
                                        "one_file_system",
                                        configuration.oneFileSystem().orElse(false))
                                .add("tags", configuration.tags())
                                .add("compression", compression(configuration))
                                .add("keep", configuration.keep().lines())
                                .addName("config_file", session.configFile())
                                .addName("secrets_file", session.directories().secretsFile())
                                .addName("state", session.directories().state())
                                .addName("cache", session.directories().cache()));
    }
}
