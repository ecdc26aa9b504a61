package obnam.server.command;

import obnam.api.UsageException;
import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.AuditLog;
import org.kohsuke.args4j.Argument;

/// Changes the rules of an account.
final class AccountSetVerb extends RulesVerb {

    @Argument(metaVar = "NAME", required = true, usage = "the account")
    private String name = "";

    @Override
    int run(Console console) {
        ServerSettings settings = settings();
        new AccountsFile(settings.accounts()).change(accounts -> {
            Account account = accounts.find(name)
                    .orElseThrow(() -> new UsageException("there is no such account", name, "See: account list"));
            return accounts.with(new Account(name, account.id(), applied(account.rules()), account.tokens()));
        });
        new AuditLog(settings.state().resolve("audit.log"), java.time.InstantSource.system())
                .record("rules changed", "account", name);
        return 0;
    }
}
