package obnam.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a store needs to let someone in, beside its location: short names with values, some of them secret.
/// Which names mean something is the provider's affair; the following mean the same to all who know them:
///
/// - [#TOKEN]: what the server knows the user by;
/// - [#PIN]: SHA-256 of the server's certificate, 64 hexadecimal digits: that one is trusted and no other;
/// - [#CERTIFICATES]: path of a PEM file of certificates to trust instead of the system's.
///
/// Immutable. [#toString] shows names and no values.
public final class StoreAccess {

    /// Name of the server's secret for this user.
    public static final String TOKEN = "token";

    /// Name of the fingerprint of the server's certificate.
    public static final String PIN = "pin";

    /// Name of the path of trusted certificates.
    public static final String CERTIFICATES = "certificates";

    /// Nothing is known.
    public static final StoreAccess NONE = new StoreAccess(Map.of());

    private final Map<String, String> values;

    /// @param values copied
    public StoreAccess(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// The value of that name.
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// All names with their values.
    public Map<String, String> values() {
        return values;
    }

    /// The same with one value more, or another one.
    public StoreAccess with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new StoreAccess(more);
    }

    @Override
    public String toString() {
        return "StoreAccess" + new TreeMap<>(values).keySet();
    }
}
