package io.skep.store;

import io.skep.api.store.Epoch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the other managers say of epochs and engines. Non-blocking, any thread. */
interface Others {
    /**
     * A manager's answer.
     *
     * @param epoch the one that it is in, if it knows
     * @param engines the consensus engines that run there
     */
    record Report(Optional<Epoch> epoch, List<String> engines) {}

    /** The answers of those that answer, by node; this node's own too when it is asked. */
    CompletionStage<Map<String, Report>> ask(Collection<String> nodeIds);

    /** The latest epoch in which any of the other managers is; empty when none says. */
    CompletionStage<Optional<Epoch>> latest();
}
