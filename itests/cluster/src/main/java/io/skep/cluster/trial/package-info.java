/** A trial: clients use a swarm while faults happen to it, and afterwards their histories are judged. */
@NullMarked
package io.skep.cluster.trial;

import org.jspecify.annotations.NullMarked;
