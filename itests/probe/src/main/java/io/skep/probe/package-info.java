/** What the test bed puts into its nodes, to reach them without the network. */
@NullMarked
package io.skep.probe;

import org.jspecify.annotations.NullMarked;
