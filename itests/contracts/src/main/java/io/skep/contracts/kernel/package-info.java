/** A node's loop whose events and time a test moves. */
@NullMarked
package io.skep.contracts.kernel;

import org.jspecify.annotations.NullMarked;
