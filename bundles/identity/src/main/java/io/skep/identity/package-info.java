/** Who this node is: its ids and keys on disk, and the service by which the rest of the node learns that it belongs to a swarm. */
@NullMarked
package io.skep.identity;

import org.jspecify.annotations.NullMarked;
