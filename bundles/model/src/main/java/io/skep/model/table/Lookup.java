package io.skep.model.table;

import io.skep.model.Config;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.Node;
import io.skep.model.Secret;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds objects as Docker users name them: by full id, else by exact name, else by a unique beginning of the id. */
public final class Lookup {
    private Lookup() {}

    /**
     * The service of this id, name or id prefix.
     *
     * @throws SkepException {@code NOT_FOUND} or {@code AMBIGUOUS}
     */
    public static Service service(Snapshot cluster, String reference) {
        return find(cluster, Table.SERVICES, reference, service -> service.spec()
                .name()
                .equals(reference));
    }

    /** The network of this id, name or id prefix; throws as {@link #service}. */
    public static Network network(Snapshot cluster, String reference) {
        return find(cluster, Table.NETWORKS, reference, network -> network.spec()
                .name()
                .equals(reference));
    }

    /** The secret of this id, name or id prefix; throws as {@link #service}. */
    public static Secret secret(Snapshot cluster, String reference) {
        return find(cluster, Table.SECRETS, reference, secret -> secret.spec()
                .name()
                .equals(reference));
    }

    /** The config of this id, name or id prefix; throws as {@link #service}. */
    public static Config config(Snapshot cluster, String reference) {
        return find(cluster, Table.CONFIGS, reference, config -> config.spec()
                .name()
                .equals(reference));
    }

    /** The node of this id, name, host name or id prefix; throws as {@link #service}. */
    public static Node node(Snapshot cluster, String reference) {
        return find(cluster, Table.NODES, reference, node -> node.displayName().equals(reference));
    }

    /** The task of this id, current name ({@code web.1}) or id prefix; throws as {@link #service}. */
    public static Task task(Snapshot cluster, String reference) {
        return find(
                cluster,
                Table.TASKS,
                reference,
                task -> !task.retired() && task.name().equals(reference));
    }

    private static <R extends Row> R find(Snapshot cluster, Table<R> table, String reference, Predicate<R> named) {
        Optional<R> exact = cluster.find(table, reference);
        if (exact.isPresent()) {
            return exact.get();
        }
        List<R> byName = cluster.all(table).stream().filter(named).toList();
        return byName.isEmpty() ? byPrefix(cluster, table, reference) : single(byName, table, reference);
    }

    private static <R extends Row> R byPrefix(Snapshot cluster, Table<R> table, String reference) {
        List<R> matching = reference.isEmpty()
                ? List.of()
                : cluster.all(table).stream()
                        .filter(row -> row.id().startsWith(reference))
                        .toList();
        if (matching.isEmpty()) {
            throw new SkepException(
                    ErrorCode.NOT_FOUND,
                    table + " " + reference + " not found; swarm:" + table + "-ls shows those there are");
        }
        return single(matching, table, reference);
    }

    private static <R extends Row> R single(List<R> matching, Table<R> table, String reference) {
        if (matching.size() > 1) {
            throw new SkepException(
                    ErrorCode.AMBIGUOUS,
                    table + " " + reference + " is ambiguous (" + matching.size()
                            + " matches found); give more of its id");
        }
        return matching.get(0);
    }
}
