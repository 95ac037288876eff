/**
 * Which tasks should exist: pure rules, each a {@link io.skep.api.orchestration.Reconciler}.
 *
 * <p>A service has slots: numbers for replicas, nodes for a global service. A slot is occupied while it has a <em>wanted</em> task, one that
 * was neither replaced nor asked to go; a task that ended and is not to be restarted still occupies its slot. Removal, replicas, nodes and
 * jobs decide which slots are occupied; update and restart decide what happens in them; the reaper deletes what is left over. A new task
 * whose slot still has one that stops is READY without a time, and is let go when that one has stopped; a restart with a delay is READY with
 * a time. All memory is in the rows, so a new leader needs none.
 */
@NullMarked
package io.skep.orchestrator;

import org.jspecify.annotations.NullMarked;
