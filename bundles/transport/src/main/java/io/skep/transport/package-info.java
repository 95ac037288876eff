/** Requests between nodes. */
@NullMarked
package io.skep.transport;

import org.jspecify.annotations.NullMarked;
