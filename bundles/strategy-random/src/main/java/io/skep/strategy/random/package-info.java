/** The placement strategy {@code random}. */
@NullMarked
package io.skep.strategy.random;

import org.jspecify.annotations.NullMarked;
