package obnam.server.repository;

import java.util.function.Function;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.StoreAccess;
import obnam.api.UsageException;

/// Where the objects are: a location of any store provider, with a place below it for each repository:
/// `file:/srv/obnam` has `file:/srv/obnam/TENANT/NAME`.
public final class Storage {

    private final ChunkStore.Provider provider;
    private final String scheme;
    private final String rest;
    private final StoreAccess access;

    private Storage(ChunkStore.Provider provider, String scheme, String rest, StoreAccess access) {
        this.provider = provider;
        this.scheme = scheme;
        this.rest = rest;
        this.access = access;
    }

    /// @param location `/path`, `file:/path` or `scheme:rest`
    /// @param providers finds a provider by its scheme; throws [UsageException] if there is none
    public static Storage of(String location, Function<String, ChunkStore.Provider> providers, StoreAccess access) {
        String whole = location.startsWith("/") ? "file:" + location : location;
        int colon = whole.indexOf(':');
        if (colon < 1 || whole.startsWith("file:") && !whole.startsWith("file:/")) {
            throw new UsageException(
                    "the place for the objects must be named in full", location, "Write /path or scheme:place");
        }
        String scheme = whole.substring(0, colon);
        String rest = whole.substring(colon + 1).replaceAll("/+$", "");
        return new Storage(providers.apply(scheme), scheme, rest, access);
    }

    /// Opens the store of a repository; the caller closes it.
    ///
    /// @throws obnam.api.NoRepositoryException if there is none and `mode` is not [OpenMode#CREATE]
    public ChunkStore open(RepositoryName repository, OpenMode mode) {
        return provider.open(rest + "/" + repository, mode, access);
    }

    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
