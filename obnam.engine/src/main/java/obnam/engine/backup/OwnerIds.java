package obnam.engine.backup;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import obnam.engine.format.TreeNodes;
import obnam.posix.Users;

/// The owners and groups of a directory's entries: mostly one or two. Used by the one thread that scans the
/// directory.
final class OwnerIds {

    private long[] users = {};
    private long[] groups = {};

    void add(long uid, long gid) {
        users = with(users, uid);
        groups = with(groups, gid);
    }

    private static long[] with(long[] ids, long id) {
        for (long known : ids) {
            if (known == id) {
                return ids;
            }
        }
        long[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = id;
        return more;
    }

    /// Their names, as far as this machine knows them.
    TreeNodes.Owners named(Users accounts) {
        return new TreeNodes.Owners(names(users, accounts::userName), names(groups, accounts::groupName));
    }

    private static Map<Long, byte[]> names(long[] ids, LongFunction<Optional<byte[]>> nameOf) {
        Map<Long, byte[]> names = new TreeMap<>();
        for (long id : ids) {
            nameOf.apply(id).ifPresent(name -> names.put(id, name));
        }
        return names;
    }
}
