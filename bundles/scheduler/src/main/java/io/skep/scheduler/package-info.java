/** Which node for which task, on heaps of nodes: pure, and called through {@link io.skep.api.scheduling.Scheduler} only. */
@NullMarked
package io.skep.scheduler;

import org.jspecify.annotations.NullMarked;
