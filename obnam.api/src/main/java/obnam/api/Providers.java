package obnam.api;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Finds providers by their names: those on the module path and those in the layers of plugins.
///
/// Thread-safe; each kind is looked up once, when it is first asked for.
public final class Providers {

    private final List<ModuleLayer> layers;
    private final UnaryOperator<KeyDeriver> derivation;
    private final Map<Class<?>, Map<String, Named>> found = new java.util.concurrent.ConcurrentHashMap<>();

    /// @param layers where to look beside the layer of this module; usually the layers that hold plugins
    public Providers(List<ModuleLayer> layers) {
        this(layers, UnaryOperator.identity());
    }

    /// @param layers where to look beside the layer of this module; usually the layers that hold plugins
    /// @param derivation put around each key deriver that is handed out, to say where and how it runs
    public Providers(List<ModuleLayer> layers, UnaryOperator<KeyDeriver> derivation) {
        this.layers = List.copyOf(layers);
        this.derivation = derivation;
    }

    /// The chunker provider of that name.
    ///
    /// @throws UsageException if there is none; it lists what is installed
    public Chunker.Provider chunker(String name) {
        return byName(Chunker.Provider.class, "chunker", name);
    }

    /// The hasher provider of that name.
    ///
    /// @throws UsageException if there is none; it lists what is installed
    public Hasher.Provider hasher(String name) {
        return byName(Hasher.Provider.class, "hasher", name);
    }

    /// The key deriver of that name.
    ///
    /// @throws UsageException if there is none; it lists what is installed
    public KeyDeriver keyDeriver(String name) {
        return derivation.apply(byName(KeyDeriver.class, "key deriver", name));
    }

    /// The store provider for that scheme.
    ///
    /// @throws UsageException if there is none; it lists what is installed
    public ChunkStore.Provider store(String scheme) {
        return byName(ChunkStore.Provider.class, "store", scheme);
    }

    /// The cipher provider of that suite number.
    ///
    /// @throws UsageException if there is none; it lists what is installed
    public Cipher.Provider cipher(int suite) {
        Map<String, Cipher.Provider> ciphers = all(Cipher.Provider.class, "cipher");
        return ciphers.values().stream()
                .filter(provider -> provider.suite() == suite)
                .findFirst()
                .orElseThrow(() -> unknown("cipher", "suite " + suite, ciphers));
    }

    private <P extends Named> P byName(Class<P> type, String what, String name) {
        Map<String, P> all = all(type, what);
        P provider = all.get(name);
        if (provider == null) {
            throw unknown(what, name, all);
        }
        return provider;
    }

    private static UsageException unknown(String what, String name, Map<String, ? extends Named> installed) {
        String list = installed.isEmpty() ? "none" : String.join(", ", installed.keySet());
        return new UsageException(
                "no " + what + " of this name is installed",
                name,
                "Installed: " + list + ". Install the plugin that brings it, or a newer version of this program");
    }

    @SuppressWarnings("unchecked") // the maps hold what load() put under the same class
    private <P extends Named> Map<String, P> all(Class<P> type, String what) {
        return (Map<String, P>) found.computeIfAbsent(type, key -> load(type, what));
    }

    private <P extends Named> Map<String, Named> load(Class<P> type, String what) {
        Map<String, Named> byName = new TreeMap<>();
        for (P provider : loaded(type)) {
            Named other = byName.putIfAbsent(provider.name(), provider);
            if (other != null && other.getClass() != provider.getClass()) {
                throw new UsageException(
                        "two providers of one name are installed",
                        what + " " + provider.name() + " in " + other.getClass().getModule() + " and "
                                + provider.getClass().getModule(),
                        "Remove one of them");
            }
        }
        return byName;
    }

    private <P extends Named> List<P> loaded(Class<P> type) {
        ModuleLayer own = Providers.class.getModule().getLayer();
        ServiceLoader<P> here = own == null ? ServiceLoader.load(type) : ServiceLoader.load(own, type);
        List<P> all = here.stream().map(ServiceLoader.Provider::get).collect(Collectors.toList());
        for (ModuleLayer layer : layers) {
            ServiceLoader.load(layer, type).stream()
                    .filter(candidate -> candidate.type().getModule().getLayer() == layer)
                    .forEach(candidate -> all.add(candidate.get()));
        }
        return all;
    }
}
