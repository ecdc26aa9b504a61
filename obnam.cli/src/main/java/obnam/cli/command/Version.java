package obnam.cli.command;

import java.lang.module.ModuleDescriptor;

/// The version of the program.
public final class Version {

    private Version() {}

    /// As the build wrote it into the module; `development` where it runs from loose classes.
    public static String number() {
        ModuleDescriptor descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }
}
