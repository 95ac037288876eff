/** Whole swarms of production classes on one thread in virtual time, with faults, repeated by a seed. */
@NullMarked
package io.skep.simulation;

import org.jspecify.annotations.NullMarked;
