/** The placement strategy {@code spread}. */
@NullMarked
package io.skep.strategy.spread;

import org.jspecify.annotations.NullMarked;
