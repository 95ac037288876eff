/**
 * The node's loop: from assignments to containers and back to statuses. The door is {@link io.skep.agent.Agent}; read on in {@link io.skep.agent.TaskWork} (one
 * task), {@link io.skep.agent.Step} (the pure rule of what comes next), {@link io.skep.agent.Executor} (the effects) and {@link io.skep.agent.Reports}. {@link
 * io.skep.agent.LocalEndpoints} outlives a swap of the agent, so that routes stay.
 */
@NullMarked
package io.skep.agent;

import org.jspecify.annotations.NullMarked;
