/** The placement strategy {@code binpack}. */
@NullMarked
package io.skep.strategy.binpack;

import org.jspecify.annotations.NullMarked;
