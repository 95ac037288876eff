package io.skep.manager;

import io.skep.api.stack.StackData;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the secrets or configs that a stack brings change; pure. Their content never changes, as in Docker.
 *
 * @param table where they are
 * @param plans how single ones are made
 * @param spec of a row
 * @param data of a row
 */
record StackDataPlans<R extends Row>(
        Table<R> table, DataPlans<R> plans, Function<R, DataSpec> spec, Function<R, Sensitive> data) {
    static final StackDataPlans<Secret> SECRETS =
            new StackDataPlans<>(Table.SECRETS, DataPlans.SECRETS, Secret::spec, Secret::data);
    static final StackDataPlans<Config> CONFIGS =
            new StackDataPlans<>(Table.CONFIGS, DataPlans.CONFIGS, Config::spec, Config::data);

    /** Creates it, or gives it the labels of the file. */
    List<Change> put(Snapshot cluster, Ids ids, StackData asked) {
        Optional<R> known = cluster.all(table).stream()
                .filter(row -> spec.apply(row).name().equals(asked.spec().name()))
                .findFirst();
        if (known.isEmpty()) {
            return plans.create(
                    cluster,
                    ids,
                    asked.spec(),
                    Base64.getDecoder().decode(asked.data().value()));
        }
        if (!data.apply(known.get()).equals(asked.data())) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    table + " " + asked.spec().name()
                            + " has another content: only updates to labels are allowed; give it another \"name\" in the"
                            + " stack file, such as one with a number that you raise");
        }
        return plans.update(cluster, ids, known.get(), Change.ANY, asked.spec());
    }
}
