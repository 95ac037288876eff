/** Measurements with JMH; see docs/benchmarks.md for what came out and how to repeat it. */
@NullMarked
package io.skep.benchmarks;

import org.jspecify.annotations.NullMarked;
