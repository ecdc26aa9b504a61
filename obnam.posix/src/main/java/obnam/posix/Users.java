package obnam.posix;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Names of users and groups and their numbers. Each is looked up once, in `/etc/passwd` and `/etc/group` first,
/// then, on Linux, through the C library, which asks whatever the machine is set up with (LDAP, SSSD, systemd). A
/// name that is not found is remembered too. Thread-safe.
public final class Users {
    private final Map<Long, Optional<byte[]>> userNames = new ConcurrentHashMap<>();
    private final Map<Long, Optional<byte[]>> groupNames = new ConcurrentHashMap<>();
    private final Map<String, OptionalLong> userIds = new ConcurrentHashMap<>();
    private final Map<String, OptionalLong> groupIds = new ConcurrentHashMap<>();
    private final Supplier<AccountFile> users = new Once<>(() -> AccountFile.read("/etc/passwd"));
    private final Supplier<AccountFile> groups = new Once<>(() -> AccountFile.read("/etc/group"));

    /// With an empty cache of its own.
    public Users() {}

    /// The name of a user, empty if it has none.
    public Optional<byte[]> userName(long uid) {
        return userNames
                .computeIfAbsent(uid, id -> users.get().name(id).or(() -> NameService.userName(id)))
                .map(byte[]::clone);
    }

    /// The name of a group, empty if it has none.
    public Optional<byte[]> groupName(long gid) {
        return groupNames
                .computeIfAbsent(gid, id -> groups.get().name(id).or(() -> NameService.groupName(id)))
                .map(byte[]::clone);
    }

    /// The number of a user, empty if there is none of that name.
    public OptionalLong userId(byte[] name) {
        return userIds.computeIfAbsent(AccountFile.key(name), key -> {
            OptionalLong local = users.get().id(key);
            return local.isPresent() ? local : NameService.userId(name);
        });
    }

    /// The number of a group, empty if there is none of that name.
    public OptionalLong groupId(byte[] name) {
        return groupIds.computeIfAbsent(AccountFile.key(name), key -> {
            OptionalLong local = groups.get().id(key);
            return local.isPresent() ? local : NameService.groupId(name);
        });
    }

    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private volatile Optional<T> value = Optional.empty();

        Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public T get() {
            if (value.isEmpty()) {
                value = Optional.of(source.get());
            }
            return value.get();
        }
    }
}
