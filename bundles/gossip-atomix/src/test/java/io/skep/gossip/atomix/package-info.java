/** Tests of gossip on Atomix. */
@NullMarked
package io.skep.gossip.atomix;

import org.jspecify.annotations.NullMarked;
