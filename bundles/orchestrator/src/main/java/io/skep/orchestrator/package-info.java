/** Which tasks should exist: pure rules, each a {@link io.skep.api.orchestration.Reconciler}. */
@NullMarked
package io.skep.orchestrator;

import org.jspecify.annotations.NullMarked;
