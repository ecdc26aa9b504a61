package obnam.server.command;

import java.util.List;
import java.util.Optional;
import obnam.api.ErrorKind;
import obnam.server.account.Account;
import obnam.server.account.AccountsFile;
import obnam.server.repository.ScrubState;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.Pacing;
import obnam.server.upkeep.Scrub;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Checks all objects now. Beside a running server this only reads, unless a second store is configured.
final class ScrubVerb extends Verb {

    @Option(name = "--account", metaVar = "NAME", usage = "only this account")
    private @Nullable String only;

    @Option(name = "--rate", metaVar = "BYTES", usage = "bytes a second; as fast as it goes by default")
    private long rate;

    @Override
    int run(Console console) {
        ServerSettings settings = settings();
        boolean damaged = false;
        try (Hosting hosting = Hosting.of(settings, false)) {
            Scrub scrub = new Scrub(
                    hosting.repositories(),
                    hosting.second(),
                    java.time.InstantSource.system(),
                    hosting.audit(),
                    rate > 0 ? new Pacing(rate) : _ -> {},
                    () -> false);
            for (Account account : new AccountsFile(settings.accounts()).read().all()) {
                List<String> names = only == null || only.equals(account.name())
                        ? hosting.repositories().names(account.id())
                        : List.of();
                for (String name : names) {
                    ScrubState state = scrub.run(account, name);
                    console.say(account.name() + "/" + name + ": " + state.verified() + " objects good, "
                            + state.lastDamaged().size() + " damaged");
                    state.lastDamaged().forEach(object -> console.say("  damaged: " + object));
                    damaged |= !state.lastDamaged().isEmpty();
                }
            }
            Optional<Integer> broken = hosting.audit().firstBrokenLine();
            broken.ifPresent(line -> console.say("the audit log was changed at line " + line));
            return damaged || broken.isPresent() ? ErrorKind.DAMAGE.exitCode() : 0;
        }
    }
}
