package obnam.server.command;

import java.util.List;
import obnam.api.UsageException;
import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.AuditLog;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/// Takes away the token of a device, or all tokens of an account. The objects stay.
final class AccountRevokeVerb extends Verb {

    @Argument(metaVar = "NAME", required = true, usage = "the account")
    private String name = "";

    @Option(name = "--device", metaVar = "NAME", usage = "whose token; all of the account's by default")
    private @Nullable String device;

    @Override
    int run(Console console) {
        ServerSettings settings = settings();
        new AccountsFile(settings.accounts()).change(accounts -> {
            Account account = accounts.find(name)
                    .orElseThrow(() -> new UsageException("there is no such account", name, "See: account list"));
            List<Account.IssuedToken> left = account.tokens().stream()
                    .filter(token -> device != null && !token.device().equals(device))
                    .toList();
            if (left.size() == account.tokens().size()) {
                throw new UsageException("there is no such token", name + " " + device, "See: account list");
            }
            return accounts.with(new Account(name, account.id(), account.rules(), left));
        });
        new AuditLog(settings.state().resolve("audit.log"), java.time.InstantSource.system())
                .record("token revoked", "account", name, "device", device == null ? "all" : device);
        return 0;
    }
}
