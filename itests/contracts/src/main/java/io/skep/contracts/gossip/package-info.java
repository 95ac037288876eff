/** The contract of {@link io.skep.api.gossip.Gossip}, and gossip in memory that passes it. */
@NullMarked
package io.skep.contracts.gossip;

import org.jspecify.annotations.NullMarked;
