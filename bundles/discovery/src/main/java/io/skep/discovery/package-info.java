/** Names, virtual addresses and published ports of services on one node, fed by gossip. */
@NullMarked
package io.skep.discovery;

import org.jspecify.annotations.NullMarked;
