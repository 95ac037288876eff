/** The loop thread, the pool for effects, and the one source of randomness. */
@NullMarked
package io.skep.kernel;

import org.jspecify.annotations.NullMarked;
