@NullMarked
package io.skep.cluster.swarm;

import org.jspecify.annotations.NullMarked;
