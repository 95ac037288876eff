/** A node's place in a swarm that a test gives it. */
@NullMarked
package io.skep.contracts.identity;

import org.jspecify.annotations.NullMarked;
