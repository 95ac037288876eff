/**
 * The replicated state over consensus. In: transactions. Out: snapshots and reports of what was applied. The door is {@link io.skep.store.ReplicatedStore};
 * {@link io.skep.store.Replica} is the only mutator.
 */
@NullMarked
package io.skep.store;

import org.jspecify.annotations.NullMarked;
