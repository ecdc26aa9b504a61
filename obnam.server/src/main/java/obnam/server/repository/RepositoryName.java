package obnam.server.repository;

import java.util.regex.Pattern;

/// A repository of a tenant. Both parts are of a closed form, so they can be used as names of folders.
///
/// @param tenant the account's random id: 32 hexadecimal digits
/// @param name what the tenant calls it: `[a-z0-9][a-z0-9_-]*`, at most 64 characters
public record RepositoryName(String tenant, String name) {

    private static final Pattern TENANT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /// @throws IllegalArgumentException if a part has another form
    public RepositoryName {
        if (!TENANT.matcher(tenant).matches() || !isName(name)) {
            throw new IllegalArgumentException("not a repository: " + tenant + "/" + name);
        }
    }

    /// Whether untrusted text can be the name of a repository, or of an account.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// As part of a location: `TENANT/NAME`.
    @Override
    public String toString() {
        return tenant + "/" + name;
    }
}
