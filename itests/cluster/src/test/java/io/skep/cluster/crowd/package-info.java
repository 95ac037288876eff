/** Many agents in one virtual machine, which join a swarm of real managers and run containers that are only noted down. */
@org.jspecify.annotations.NullMarked
package io.skep.cluster.crowd;
