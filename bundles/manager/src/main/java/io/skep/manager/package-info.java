/**
 * The leader's loops and what operators ask for. In: requests of operators, sessions of agents, what the store applied. Out: transactions. Doors:
 * {@link io.skep.manager.ControlApi} for operators, {@link io.skep.manager.AgentDispatcher} for agents; {@link io.skep.manager.Reconciliation} and
 * {@link io.skep.manager.Assigner} run by themselves while this manager leads. The {@code *Plans} are pure.
 */
@NullMarked
package io.skep.manager;

import org.jspecify.annotations.NullMarked;
