package obnam.server.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// A tenant: repositories of one owner, and the rules for them.
///
/// @param name what its owner and the server's call it: `[a-z0-9][a-z0-9_-]*`, at most 64 characters
/// @param id 32 random hexadecimal digits, under which its objects are kept: no text of a user becomes a path
/// @param rules what holds for its repositories
/// @param tokens its keys, one for each device
public record Account(String name, String id, Rules rules, List<IssuedToken> tokens) {

    /// Copies the list.
    public Account {
        tokens = List.copyOf(tokens);
    }

    /// What holds for the repositories of an account.
    ///
    /// @param quota the greatest sum of the sizes of its objects in bytes
    /// @param appendOnly whether nothing but notices can be deleted
    /// @param retention for how long after its put an object cannot be deleted; zero for no time
    /// @param undelete for how long a deleted object can be brought back; zero for no time
    public record Rules(OptionalLong quota, boolean appendOnly, Duration retention, Duration undelete) {

        /// Nothing is limited.
        public static final Rules NONE = new Rules(OptionalLong.empty(), false, Duration.ZERO, Duration.ZERO);

        /// Whether it must be known when each object was put.
        public boolean needsTimes() {
            return !retention.isZero() || !undelete.isZero();
        }
    }

    /// A token as the server knows it.
    ///
    /// @param device what it was made for: a machine's name
    /// @param id the token's public part
    /// @param hash SHA-256 of its secret part in hexadecimal
    /// @param rights what it may do
    /// @param created when it was made
    public record IssuedToken(String device, String id, String hash, Set<Right> rights, Instant created) {

        /// Copies the set.
        public IssuedToken {
            rights = Set.copyOf(rights);
        }
    }
}
