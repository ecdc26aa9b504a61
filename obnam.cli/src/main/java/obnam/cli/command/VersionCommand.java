package obnam.cli.command;

/// Shows the version.
final class VersionCommand extends Command {

    @Override
    public int run(Session session) {
        String java = System.getProperty("java.runtime.version", "");
        String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        session.output().result("obnam " + Version.number() + ", JDK " + java + ", " + system);
        session.output()
                .json(
                        "version",
                        fields -> fields.add("version", Version.number())
                                .add("jdk", java)
                                .add("system", system));
        return 0;
    }
}
