/** Hosts that a test makes for itself on one machine, and everything that can happen to a host. */
@NullMarked
package io.skep.cluster.lab;

import org.jspecify.annotations.NullMarked;
