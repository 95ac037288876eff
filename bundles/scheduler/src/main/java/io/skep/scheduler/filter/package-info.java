/** The rules that hold in every swarm, a filter each, with SwarmKit's words for a refusal. */
@NullMarked
package io.skep.scheduler.filter;

import org.jspecify.annotations.NullMarked;
