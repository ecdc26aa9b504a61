/// Benchmarks of the stages that a backup consists of, and programs that measure how the index and the size of chunks
/// behave. They run on the class path.
@NullMarked
package obnam.bench;

import org.jspecify.annotations.NullMarked;
