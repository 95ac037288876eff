/** Plain child processes instead of containers, for laptops and tests. */
@NullMarked
package io.skep.runtime.process;

import org.jspecify.annotations.NullMarked;
