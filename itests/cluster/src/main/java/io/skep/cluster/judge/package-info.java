/** Judges what was seen of a swarm against what it promises. Pure: histories in, violations out. */
@NullMarked
package io.skep.cluster.judge;

import org.jspecify.annotations.NullMarked;
