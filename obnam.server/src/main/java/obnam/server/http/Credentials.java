package obnam.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import obnam.server.account.Accounts;
import obnam.server.account.Caller;
import obnam.server.account.Token;
import org.jspecify.annotations.Nullable;

/// Reads who is asking from an `Authorization` header.
final class Credentials {

    private Credentials() {}

    /// @param header the header's value, or null if there is none; untrusted
    /// @return empty if it is nobody's, or if a user name is given that is not the account's
    static Optional<Caller> caller(@Nullable String header, Accounts accounts) {
        if (header == null) {
            return Optional.empty();
        }
        if (header.startsWith("Bearer ")) {
            return Token.parse(header.substring("Bearer ".length())).flatMap(accounts::authenticate);
        }
        if (header.startsWith("Basic ")) {
            return basic(header.substring("Basic ".length()), accounts);
        }
        return Optional.empty();
    }

    private static Optional<Caller> basic(String encoded, Accounts accounts) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            String user = pair.substring(0, colon);
            return Token.parse(pair.substring(colon + 1))
                    .flatMap(accounts::authenticate)
                    .filter(caller ->
                            user.isEmpty() || user.equals(caller.account().name()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
