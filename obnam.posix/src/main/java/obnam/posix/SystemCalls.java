package obnam.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A thread's way into the kernel: the call itself and the native buffers it passes.
///
/// All calls go through one method handle on the C library's `syscall`. Linking a handle costs milliseconds at
/// start, and one shape (a number and six words in, a word out) serves every call here; it also asks no more of the
/// C library than `syscall` and `errno`. Addresses travel as numbers, so buffers must outlive the call: they belong
/// to the thread, are reached from its thread-local and are freed after it has ended.
///
/// Native buffers are read through [ByteBuffer] views: they cost less at start than the handles of memory layouts.
final class SystemCalls {
    /// Longest path the kernel takes, with its final NUL.
    static final int PATH_SIZE = 4096;
    /// Size of the buffer for directory entries and other results.
    static final int RESULT_SIZE = 128 << 10;

    private static final int TRANSFER_MAXIMUM = 1 << 20;
    private static final int TRANSFER_MINIMUM = 64 << 10;
    private static final ThreadLocal<SystemCalls> CURRENT = ThreadLocal.withInitial(SystemCalls::new);

    private final MemorySegment errno;
    private final ByteBuffer errnoView;
    private final NativeBuffer firstName;
    private final NativeBuffer secondName;
    private final NativeBuffer record;
    private final NativeBuffer result;
    private NativeBuffer transfer = NativeBuffer.allocate(0);

    private SystemCalls() {
        this.errno = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
        this.errnoView = errno.asByteBuffer().order(ByteOrder.nativeOrder());
        this.firstName = NativeBuffer.allocate(PATH_SIZE + 64);
        this.secondName = NativeBuffer.allocate(PATH_SIZE + 64);
        this.record = NativeBuffer.allocate(1024);
        this.result = NativeBuffer.allocate(RESULT_SIZE);
    }

    /// That of the calling thread.
    static SystemCalls current() {
        return CURRENT.get();
    }

    /// Whether this is a Linux whose numbers are known, and native access is granted.
    static boolean isAvailable() {
        return Availability.AVAILABLE;
    }

    private static final class Availability {
        static final boolean AVAILABLE = isKnown() && isGranted();

        private static boolean isKnown() {
            String architecture = System.getProperty("os.arch", "");
            boolean known = architecture.equals("amd64") || architecture.equals("aarch64");
            return known && "Linux".equals(System.getProperty("os.name"));
        }

        /// Logged if not: nobody should lose metadata for want of an option.
        private static boolean isGranted() {
            try {
                return current().call(Kernel.GETEUID, 0, 0, 0) >= 0;
            } catch (IllegalCallerException | LinkageError | UnsupportedOperationException failure) {
                String message = "Linux calls are not available, so less metadata is kept;"
                        + " start Java with --enable-native-access=obnam.posix";
                System.getLogger("obnam.posix").log(System.Logger.Level.WARNING, message, failure);
                return false;
            }
        }
    }

    /// The handle, linked on first use.
    private static final class Entry {
        static final MethodHandle SYSCALL = link();

        @SuppressWarnings("restricted")
        private static MethodHandle link() {
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState("errno"));
        }
    }

    /// Calls the kernel, again if it was interrupted by a signal.
    ///
    /// @return the result, or the negated errno
    long call(int number, long a, long b, long c, long d, long e, long f) {
        while (true) {
            long value = once(number, a, b, c, d, e, f);
            if (value != -Errno.EINTR) {
                return value;
            }
        }
    }

    long call(int number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    long call(int number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    /// Calls the kernel once, for calls that must not be repeated.
    long once(int number, long a, long b, long c, long d, long e, long f) {
        long value;
        try {
            value = (long) Entry.SYSCALL.invokeExact(errno, (long) number, a, b, c, d, e, f);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        return value == -1 ? -errnoView.getInt(0) : value;
    }

    /// Copies a name or path into this thread's first buffer and ends it with NUL.
    ///
    /// @return its address, good until the next call of this method
    /// @throws PosixException `ENAMETOOLONG` if it is longer than any path can be
    long name(byte[] name) {
        return put(firstName, name);
    }

    /// As [#name], with a second buffer, for calls that take two.
    long otherName(byte[] name) {
        return put(secondName, name);
    }

    private static long put(NativeBuffer buffer, byte[] name) {
        if (name.length >= PATH_SIZE) {
            throw new PosixException(Errno.ENAMETOOLONG, "use", name);
        }
        buffer.view().put(0, name).put(name.length, (byte) 0);
        return buffer.address();
    }

    /// 1 KiB for small structures in and out.
    NativeBuffer record() {
        return record;
    }

    /// [#RESULT_SIZE] bytes for larger results.
    NativeBuffer result() {
        return result;
    }

    /// For file contents: of the wanted size, but at most 1 MiB. Grows with demand.
    NativeBuffer transfer(int wanted) {
        int size = Math.min(wanted, TRANSFER_MAXIMUM);
        if (transfer.view().capacity() < size) {
            int power = Integer.highestOneBit(Math.max(size, TRANSFER_MINIMUM) - 1) << 1;
            transfer = NativeBuffer.allocate(power);
        }
        return transfer;
    }
}
