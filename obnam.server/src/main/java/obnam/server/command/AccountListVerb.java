package obnam.server.command;

import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.account.Right;

/// Shows accounts and their tokens: never what lets anybody in.
final class AccountListVerb extends Verb {

    @Override
    int run(Console console) {
        for (Account account : new AccountsFile(settings().accounts()).read().all()) {
            Account.Rules rules = account.rules();
            console.say(account.name()
                    + (rules.quota().isPresent() ? "  quota " + rules.quota().getAsLong() + " bytes" : "")
                    + (rules.appendOnly() ? "  append-only" : "")
                    + (rules.retention().isZero()
                            ? ""
                            : "  retention " + rules.retention().toSeconds() + " s")
                    + (rules.undelete().isZero()
                            ? ""
                            : "  undelete " + rules.undelete().toSeconds() + " s"));
            for (Account.IssuedToken token : account.tokens()) {
                console.say("  " + token.device() + "  " + Right.format(token.rights()) + "  since " + token.created());
            }
        }
        return 0;
    }
}
