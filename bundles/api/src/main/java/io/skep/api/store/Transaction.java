package io.skep.api.store;

import io.skep.model.table.Change;
import java.util.List;

/**
 * What is to be applied together.
 *
 * @param requestId names it among all transactions; one that was applied is not applied again when it is repeated, as long as it is
 *     among the last 10,000. Empty means that repeating it does no harm
 * @param term the leadership under which it was decided; refused once a later one has begun. Zero for requests of operators, which any term may apply
 * @param changes in order
 */
public record Transaction(String requestId, long term, List<Change> changes) {
    public Transaction {
        changes = List.copyOf(changes);
    }
}
