package obnam.server.account;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All accounts, as they were when the file was read. Immutable.
public final class Accounts {

    /// No accounts.
    public static final Accounts NONE = new Accounts(Map.of());

    private final Map<String, Account> byName;
    private final Map<String, Caller> byToken = new HashMap<>();

    /// @param byName copied
    public Accounts(Map<String, Account> byName) {
        this.byName = Map.copyOf(byName);
        for (Account account : byName.values()) {
            account.tokens().forEach(token -> byToken.put(token.id(), new Caller(account, token)));
        }
    }

    /// The account of that name.
    public Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All of them, by name.
    public Collection<Account> all() {
        return new TreeMap<>(byName).values();
    }

    /// Whose token that is; empty if it is nobody's.
    public Optional<Caller> authenticate(Token token) {
        return Optional.ofNullable(byToken.get(token.id()))
                .filter(caller -> token.hasHash(caller.token().hash()));
    }

    /// The same with that account instead of the one of its name.
    public Accounts with(Account account) {
        Map<String, Account> more = new HashMap<>(byName);
        more.put(account.name(), account);
        return new Accounts(more);
    }

    /// The same without the account of that name.
    public Accounts without(String name) {
        Map<String, Account> fewer = new HashMap<>(byName);
        fewer.remove(name);
        return new Accounts(fewer);
    }
}
