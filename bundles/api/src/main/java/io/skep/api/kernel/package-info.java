/** Time, order and effects: what a component uses instead of threads, clocks and randomness. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.kernel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
