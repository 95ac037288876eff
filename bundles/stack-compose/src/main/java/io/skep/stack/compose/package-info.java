/** Compose files to specs: read, interpolated, merged and bound, with every finding at its place. */
@NullMarked
package io.skep.stack.compose;

import org.jspecify.annotations.NullMarked;
