package io.skep.api.control;

import io.skep.api.kernel.Scope;
import io.skep.api.stack.StackSpec;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What operators ask of the cluster (the calls of the Docker Engine API, less their HTTP). Non-blocking, any thread; each stage completes when the
 * request is durable, not when its tasks run: watch for that. Failures are {@link io.skep.model.SkepException}s of kind USER with a remedy, CONFLICT, or UNAVAILABLE.
 *
 * <p>A request id names a request: repeating it after UNAVAILABLE applies it once. Empty makes a new one.
 */
@ProviderType
public interface Cluster {
    /** The state to list and inspect, with everything acknowledged before the call. */
    CompletionStage<Snapshot> read();

    /** Reports what changes, as {@link Store#watch}. */
    Store.Watch watch(Scope owner, Consumer<Applied> watcher);

    /** Creates a service; the networks of the spec may be named by id or name. {@code ALREADY_EXISTS} when the name or a published port is taken. */
    CompletionStage<Service> createService(String requestId, ServiceSpec spec);

    /**
     * Replaces the spec of a service; its tasks follow by the update policy.
     *
     * @param version of the row that the caller saw; {@code OUT_OF_SEQUENCE} when it changed, {@link io.skep.model.table.Change#ANY} to override
     */
    CompletionStage<Service> updateService(String requestId, String serviceId, long version, ServiceSpec spec);

    /** Goes back to the spec before the last update. {@code WRONG_STATE} when there is none. */
    CompletionStage<Service> rollbackService(String requestId, String serviceId);

    /** Removes a service; its tasks are shut down. */
    CompletionStage<Void> removeService(String requestId, String serviceId);

    /** Creates a network. {@code ALREADY_EXISTS} when the name is taken or the subnet overlaps. */
    CompletionStage<Network> createNetwork(String requestId, NetworkSpec spec);

    /** Removes a network. {@code IN_USE} naming a service that joins it. */
    CompletionStage<Void> removeNetwork(String requestId, String networkId);

    /** Replaces the spec of a node; {@code version} as in {@link #updateService}. */
    CompletionStage<Node> updateNode(String requestId, String nodeId, long version, NodeSpec spec);

    /**
     * Creates or updates everything of a stack; services that the file no longer names are removed when {@code prune} says so. Unchanged objects are left alone.
     *
     * @return what was done, one line for each object, as docker stack deploy prints them
     */
    CompletionStage<List<String>> deployStack(String requestId, StackSpec stack, boolean prune);

    /** Removes everything of a stack; lines as above. {@code NOT_FOUND} when nothing carries its label. */
    CompletionStage<List<String>> removeStack(String requestId, String stackName);

    /** The placement strategies that the swarm's scheduler knows, sorted. {@code PART_MISSING} while it has none. */
    CompletionStage<List<String>> strategies();

    /** Chooses the placement strategy for the tasks to come. {@code NOT_FOUND} listing those there are. */
    CompletionStage<Void> useStrategy(String requestId, String name);
}
