package obnam.server.command;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import obnam.api.UsageException;
import obnam.server.account.Account;
import obnam.server.account.Accounts;
import obnam.server.account.AccountsFile;
import obnam.server.account.Right;
import obnam.server.account.Token;
import obnam.server.repository.RepositoryName;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.AuditLog;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/// Makes an account with a token, or one more token of an account. The token is shown this once.
final class AccountAddVerb extends RulesVerb {

    @Argument(metaVar = "NAME", required = true, usage = "the account")
    private String name = "";

    @Option(name = "--device", metaVar = "NAME", usage = "what the token is for, 'default' by default")
    private String device = "default";

    @Option(name = "--rights", metaVar = "LIST", usage = "read,add by default; also delete; admin is for the operator")
    private String rights = "read,add";

    @Override
    int run(Console console) {
        requireName(name);
        requireName(device);
        ServerSettings settings = settings();
        SecureRandom random = new SecureRandom();
        Token token = Token.random(random);
        Set<Right> given = Right.parse(rights);
        if (given.contains(Right.ADMIN) && given.size() > 1) {
            throw new UsageException("admin goes with no other right", rights, "Make a token for each");
        }
        new AccountsFile(settings.accounts()).change(accounts -> added(accounts, token, given, random));
        new AuditLog(settings.state().resolve("audit.log"), java.time.InstantSource.system())
                .record("token made", "account", name, "device", device, "rights", Right.format(given));
        console.note("the token, which is not shown again:");
        console.say(token.text());
        return 0;
    }

    static void requireName(String text) {
        if (!RepositoryName.isName(text)) {
            throw new UsageException(
                    "a name has a-z, 0-9, - and _, at most 64 of them", text, "It begins with a letter or a digit");
        }
    }

    private Accounts added(Accounts accounts, Token token, Set<Right> given, SecureRandom random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Account account = accounts.find(name)
                .orElseGet(() -> new Account(name, HexFormat.of().formatHex(id), Account.Rules.NONE, List.of()));
        if (account.tokens().stream().anyMatch(each -> each.device().equals(device))) {
            throw new UsageException(
                    "there is a token for this device already",
                    name + " " + device,
                    "Name another with --device, or revoke it: obnam-server account revoke");
        }
        List<Account.IssuedToken> tokens = new ArrayList<>(account.tokens());
        tokens.add(new Account.IssuedToken(device, token.id(), token.hash(), given, Instant.now()));
        return accounts.with(new Account(name, account.id(), applied(account.rules()), tokens));
    }
}
