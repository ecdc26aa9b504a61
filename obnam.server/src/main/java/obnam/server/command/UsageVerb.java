package obnam.server.command;

import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.repository.Usage;
import obnam.server.settings.ServerSettings;

/// Shows how much each repository holds.
final class UsageVerb extends Verb {

    @Override
    int run(Console console) {
        ServerSettings settings = settings();
        try (Hosting hosting = Hosting.of(settings, false)) {
            for (Account account : new AccountsFile(settings.accounts()).read().all()) {
                for (String name : hosting.repositories().names(account.id())) {
                    Usage usage = hosting.repositories().usage(account, name);
                    console.say(account.name() + "/" + name + "  " + usage.bytes() + " bytes in " + usage.objects()
                            + " objects");
                }
            }
        }
        return 0;
    }
}
