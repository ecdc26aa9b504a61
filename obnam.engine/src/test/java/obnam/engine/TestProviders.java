package obnam.engine;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import obnam.api.Providers;

/// The project's own chunkers, hashers, ciphers and key derivations.
///
/// The build leaves some of their modules on the class path: it does not see that they provide a service whose
/// interface is nested in another. From there they are loaded as what they are, modules, in a layer of their own,
/// as plugins are.
public final class TestProviders {

    private static final Set<String> MODULES = Set.of("obnam.chunker", "obnam.hash", "obnam.crypto");
    private static final Providers ALL = new Providers(layers());

    private TestProviders() {}

    /// All of them.
    public static Providers all() {
        return ALL;
    }

    private static List<ModuleLayer> layers() {
        Path[] candidates = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(TestProviders::isOurs)
                .toArray(Path[]::new);
        ModuleFinder finder = ModuleFinder.of(candidates);
        ModuleLayer boot = ModuleLayer.boot();
        Set<String> names = finder.findAll().stream()
                .map(ModuleReference::descriptor)
                .map(descriptor -> descriptor.name())
                .filter(name -> MODULES.contains(name) && boot.findModule(name).isEmpty())
                .collect(Collectors.toSet());
        Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), names);
        return List.of(boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader()));
    }

    private static boolean isOurs(Path entry) {
        boolean jar =
                entry.getFileName() != null && entry.getFileName().toString().startsWith("obnam.");
        return Files.exists(entry.resolve("module-info.class")) || jar && Files.isRegularFile(entry);
    }
}
