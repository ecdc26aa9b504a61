package obnam.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Native memory with its address for the kernel and its view for us. Freed when no longer reachable.
///
/// @param address of the first byte, aligned to 16
/// @param view of the whole memory, in the byte order of the machine; used with absolute positions only
record NativeBuffer(long address, ByteBuffer view) {
    static NativeBuffer allocate(int size) {
        // Automatic: a thread has no hook to free its buffers when it ends.
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(size, 16), 16);
        return new NativeBuffer(memory.address(), memory.asByteBuffer().order(ByteOrder.nativeOrder()));
    }
}
