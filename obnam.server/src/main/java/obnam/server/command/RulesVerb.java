package obnam.server.command;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import obnam.api.UsageException;
import obnam.server.account.Account.Rules;
import obnam.server.settings.Quantities;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// A command with options for an account's rules.
abstract class RulesVerb extends Verb {

    @Option(name = "--quota", metaVar = "SIZE", usage = "greatest sum of sizes, such as 500GB, or none")
    private @Nullable String quota;

    @Option(name = "--append-only", usage = "nothing but notices of unfinished runs can be deleted")
    private boolean appendOnly;

    @Option(name = "--retention", metaVar = "TIME", usage = "how long objects cannot be deleted, such as 30d")
    private @Nullable String retention;

    @Option(name = "--undelete", metaVar = "TIME", usage = "how long deleted objects can be brought back")
    private @Nullable String undelete;

    /// The rules with what the options say. What protects against deletion can be made longer and not shorter.
    ///
    /// @throws UsageException if an option makes no sense or would weaken the protection
    final Rules applied(Rules old) {
        Duration locked = duration(retention).orElse(old.retention());
        if (locked.compareTo(old.retention()) < 0) {
            throw new UsageException(
                    "a retention can only be made longer", String.valueOf(retention), "It protects from you, too");
        }
        return new Rules(
                quota == null ? old.quota() : size(quota),
                old.appendOnly() || appendOnly,
                locked,
                duration(undelete).orElse(old.undelete()));
    }

    private static OptionalLong size(String text) {
        return text.equals("none")
                ? OptionalLong.empty()
                : OptionalLong.of(Quantities.size(text)
                        .orElseThrow(() -> new UsageException("this is no size", text, "For example 500GB, or none")));
    }

    private static Optional<Duration> duration(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> Quantities.duration(given)
                        .orElseThrow(() -> new UsageException("this is no time", given, "For example 30d")));
    }
}
