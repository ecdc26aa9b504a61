/// Reaches what the engine's package of this name keeps to itself; possible on the class path only.
@NullMarked
package obnam.engine.index;

import org.jspecify.annotations.NullMarked;
