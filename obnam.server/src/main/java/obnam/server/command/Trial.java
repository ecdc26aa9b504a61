package obnam.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import obnam.api.LocalException;
import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.account.Right;
import obnam.server.account.Token;
import obnam.server.repository.StateFiles;
import obnam.server.settings.ServerSettings;

/// A server for trying out: without TLS, for this machine only, with one account.
final class Trial {

    private static final String CONFIG = """
            # A trial of obnam-server, for this machine only.
            listen: 127.0.0.1:8000
            storage: objects
            """;

    private Trial() {}

    /// Makes what is missing in a folder, and says how to use it.
    static ServerSettings prepare(Path folder, Console console) {
        Path config = folder.toAbsolutePath().resolve("server.yaml");
        try {
            StateFiles.folder(config.getParent());
            if (!Files.exists(config)) {
                StateFiles.replace(config, CONFIG.getBytes(StandardCharsets.UTF_8));
                ServerSettings settings = ServerSettings.read(config);
                Path file = config.resolveSibling("token");
                Token token = account(settings);
                StateFiles.replace(file, (token.text() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new LocalException("the folder cannot be used", folder.toString(), "Check its rights", e);
        }
        ServerSettings settings = ServerSettings.read(config);
        console.say("now: obnam init -r http://" + settings.host() + ":" + settings.port() + "/trial --token-file "
                + config.resolveSibling("token"));
        return settings;
    }

    private static Token account(ServerSettings settings) {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[16];
        random.nextBytes(id);
        Token token = Token.random(random);
        Set<Right> rights = EnumSet.of(Right.READ, Right.ADD, Right.DELETE);
        Account account = new Account(
                "trial",
                HexFormat.of().formatHex(id),
                Account.Rules.NONE,
                List.of(new Account.IssuedToken("default", token.id(), token.hash(), rights, Instant.now())));
        new AccountsFile(settings.accounts()).change(accounts -> accounts.with(account));
        return token;
    }
}
