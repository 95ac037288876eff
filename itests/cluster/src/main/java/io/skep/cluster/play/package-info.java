/** A lab to play with from a terminal. */
@NullMarked
package io.skep.cluster.play;

import org.jspecify.annotations.NullMarked;
