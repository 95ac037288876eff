package io.skep.api.store;

import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;

/**
 * A transaction that was applied.
 *
 * @param snapshot the state after it
 * @param changes what it wrote; empty when the watcher must look at everything
 */
public record Applied(Snapshot snapshot, List<Change> changes) {}
