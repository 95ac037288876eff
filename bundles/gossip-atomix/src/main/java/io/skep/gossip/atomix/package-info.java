/** Gossip by Atomix's SWIM, with tables of our own on top and encrypted sockets of our own underneath. */
@NullMarked
package io.skep.gossip.atomix;

import org.jspecify.annotations.NullMarked;
