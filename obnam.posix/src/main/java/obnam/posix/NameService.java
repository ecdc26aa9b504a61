package obnam.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/// Accounts through the C library (`getpwuid_r` and its kin), and so through the machine's name service. Not for
/// hot paths: one call may ask a server. Knows nothing where system calls are not available.
///
/// Both structures begin with a pointer to the name, a pointer to the password and the 32-bit number: `struct
/// passwd { char *pw_name, *pw_passwd; uid_t pw_uid; … }`, `struct group { char *gr_name, *gr_passwd; gid_t gr_gid;
/// … }`.
final class NameService {
    private static final int ID_OFFSET = 16;
    private static final int STRUCTURE_SIZE = 64;
    private static final int TEXT_SIZE = 1 << 10;
    // Groups with very many members need room for all their names.
    private static final int LARGEST_TEXT = 16 << 20;

    private NameService() {}

    private static final class UserById {
        static final MethodHandle HANDLE = link("getpwuid_r", ValueLayout.JAVA_INT);
    }

    private static final class GroupById {
        static final MethodHandle HANDLE = link("getgrgid_r", ValueLayout.JAVA_INT);
    }

    private static final class UserByName {
        static final MethodHandle HANDLE = link("getpwnam_r", ValueLayout.ADDRESS);
    }

    private static final class GroupByName {
        static final MethodHandle HANDLE = link("getgrnam_r", ValueLayout.ADDRESS);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String function, ValueLayout key) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        key,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
    }

    static Optional<byte[]> userName(long uid) {
        return SystemCalls.isAvailable() ? name(UserById.HANDLE, uid) : Optional.empty();
    }

    static Optional<byte[]> groupName(long gid) {
        return SystemCalls.isAvailable() ? name(GroupById.HANDLE, gid) : Optional.empty();
    }

    static OptionalLong userId(byte[] name) {
        return SystemCalls.isAvailable() ? id(UserByName.HANDLE, name) : OptionalLong.empty();
    }

    static OptionalLong groupId(byte[] name) {
        return SystemCalls.isAvailable() ? id(GroupByName.HANDLE, name) : OptionalLong.empty();
    }

    private static Optional<byte[]> name(MethodHandle handle, long id) {
        try (Arena arena = Arena.ofConfined()) {
            return find(arena, (structure, text, size, found) ->
                            (int) handle.invokeExact((int) id, structure, text, size, found))
                    .map(NameService::nameIn);
        }
    }

    @SuppressWarnings("restricted")
    private static byte[] nameIn(MemorySegment structure) {
        MemorySegment name = structure.get(ValueLayout.ADDRESS, 0).reinterpret(Long.MAX_VALUE);
        long length = 0;
        while (name.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return name.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static OptionalLong id(MethodHandle handle, byte[] name) {
        FileNames.requireNoNul(name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
            Optional<MemorySegment> account = find(arena, (structure, buffer, size, found) ->
                    (int) handle.invokeExact(text, structure, buffer, size, found));
            return account.map(structure -> structure.get(ValueLayout.JAVA_INT, ID_OFFSET))
                    .map(id -> OptionalLong.of(Integer.toUnsignedLong(id)))
                    .orElse(OptionalLong.empty());
        }
    }

    /// Calls with a text buffer that grows while it is too small. Any other error counts as "not known": the number
    /// is kept besides the name, so nothing is lost.
    private static Optional<MemorySegment> find(Arena arena, Lookup lookup) {
        MemorySegment structure = arena.allocate(STRUCTURE_SIZE, 16);
        MemorySegment found = arena.allocate(ValueLayout.ADDRESS);
        int outcome = Errno.ERANGE;
        for (long size = TEXT_SIZE; outcome == Errno.ERANGE && size <= LARGEST_TEXT; size *= 4) {
            try {
                outcome = lookup.into(structure, arena.allocate(size), size, found);
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }
        boolean known = outcome == 0 && found.get(ValueLayout.ADDRESS, 0).address() != 0;
        return known ? Optional.of(structure) : Optional.empty();
    }

    private interface Lookup {
        int into(MemorySegment structure, MemorySegment text, long size, MemorySegment found) throws Throwable;
    }
}
