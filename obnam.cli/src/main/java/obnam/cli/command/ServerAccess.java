package obnam.cli.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import obnam.api.StoreAccess;
import obnam.api.UntrustedServerException;
import obnam.api.UsageException;
import obnam.cli.settings.RepositoryLocation;
import obnam.posix.FileNames;

/// What servers are shown to let this user in: the options say it, else the environment (`OBNAM_TOKEN`), else
/// what the secrets file has kept for that place. `init` asks for what is missing, and keeps it.
final class ServerAccess {

    private static final Set<String> SERVERS = Set.of("http", "https");
    private static final int TOKEN_LIMIT = 4096;

    private final Session session;
    private final Command command;

    ServerAccess(Session session, Command command) {
        this.session = session;
        this.command = command;
    }

    private static boolean isServer(RepositoryLocation location) {
        return SERVERS.contains(location.scheme());
    }

    /// What is known without asking.
    StoreAccess known(RepositoryLocation location) {
        if (!isServer(location)) {
            return StoreAccess.NONE;
        }
        StoreAccess access = session.secrets().access(location.toString()).orElse(StoreAccess.NONE);
        Optional<String> token = command.tokenFile()
                .map(this::tokenIn)
                .or(() -> session.environment().text("OBNAM_TOKEN").map(String::strip));
        if (token.isPresent()) {
            access = access.with(StoreAccess.TOKEN, token.get());
        }
        if (command.pin().isPresent()) {
            access = access.with(StoreAccess.PIN, command.pin().get());
        }
        if (command.certificates().isPresent()) {
            byte[] path = session.absolute(command.certificates().get());
            access = access.with(StoreAccess.CERTIFICATES, FileNames.display(path));
        }
        return access;
    }

    private String tokenIn(byte[] file) {
        byte[] path = session.absolute(file);
        try (InputStream in = new FileInputStream(new String(path, StandardCharsets.UTF_8))) {
            String token = new String(in.readNBytes(TOKEN_LIMIT), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (token.isEmpty()) {
                throw new UsageException("the file holds no token", FileNames.display(path), "It is the first line");
            }
            return token;
        } catch (IOException e) {
            throw new UsageException("the token file cannot be read", FileNames.display(path), "Check the path", e);
        }
    }

    /// Makes the session use what is known, and asks for the token if it is not.
    void ask(RepositoryLocation location) {
        StoreAccess known = known(location);
        if (isServer(location) && known.value(StoreAccess.TOKEN).isEmpty()) {
            String prompt = "Token for " + location + " (empty if the server wants none): ";
            Optional<String> typed = session.environment()
                    .terminal()
                    .readSecret(prompt)
                    .map(chars -> new String(chars).strip())
                    .filter(token -> !token.isEmpty());
            known = typed.isPresent() ? known.with(StoreAccess.TOKEN, typed.get()) : known;
        }
        session.useAccess(known);
    }

    /// Does something with the server. If its certificate is not trusted, the user may say that it is the
    /// right one; then it is pinned and the same is done again.
    <T> T trusting(RepositoryLocation location, Supplier<T> action) {
        try {
            return action.get();
        } catch (UntrustedServerException e) {
            StoreAccess access = session.access(location);
            if (access.value(StoreAccess.PIN).isPresent() || !isConfirmed(e)) {
                throw e;
            }
            session.useAccess(access.with(StoreAccess.PIN, e.fingerprint()));
            return action.get();
        }
    }

    private boolean isConfirmed(UntrustedServerException e) {
        session.output().warning(e.what() + "; its fingerprint is " + e.fingerprint());
        return session.environment()
                .terminal()
                .readSecret("If that is what the server's owner told you, type yes: ")
                .filter(answer -> new String(answer).strip().equals("yes"))
                .isPresent();
    }

    /// Keeps what the session uses, for later runs.
    void keep(RepositoryLocation location) {
        StoreAccess access = session.access(location);
        if (isServer(location) && !access.values().isEmpty()) {
            session.secrets().keep(location.toString(), access);
        }
    }
}
