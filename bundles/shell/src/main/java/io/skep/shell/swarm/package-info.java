/** Commands about the swarm as a whole and this node's place in it. */
@NullMarked
package io.skep.shell.swarm;

import org.jspecify.annotations.NullMarked;
