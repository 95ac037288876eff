package io.skep.api.control;

import io.skep.api.kernel.Scope;
import io.skep.api.stack.StackSpec;
import io.skep.api.store.Applied;
import io.skep.api.store.Epoch;
import io.skep.api.store.Store;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.JoinToken;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.Secret;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.UnlockKey;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.Optional;
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

    /**
     * Replaces the spec of a node; {@code version} as in {@link #updateService}. A change of its role promotes or demotes it: that is begun when this
     * completes, and done when the node's {@code memberId} is there or gone. {@code WRONG_STATE} for the last manager, and for one without which those
     * left would be no quorum.
     */
    CompletionStage<Node> updateNode(String requestId, String nodeId, long version, NodeSpec spec);

    /**
     * Removes a node from the swarm for good: its certificates count no more, and its tasks run elsewhere. {@code WRONG_STATE} while it is not down or is a
     * manager, unless {@code force} says that this does not matter; and always for the last manager.
     */
    CompletionStage<Void> removeNode(String requestId, String nodeId, boolean force);

    /**
     * Makes this manager a worker, so that it can leave without anybody missing it. Completes when the others go on without it; this control API goes with that.
     * {@code WRONG_STATE} as for {@link #updateNode}; {@code TIMED_OUT} when the others take too long: repeat it.
     */
    CompletionStage<Void> stepDown(String requestId);

    /** What lets a host join in this role. */
    CompletionStage<JoinToken> joinToken(NodeRole role);

    /** Makes a new token for this role; the present one lets nobody in any more. */
    CompletionStage<JoinToken> rotateJoinToken(String requestId, NodeRole role);

    /** Replaces the swarm's spec; {@code version} as in {@link #updateService}. Autolock makes an unlock key, or ends the need for one. */
    CompletionStage<Swarm> updateSwarm(String requestId, long version, SwarmSpec spec);

    /**
     * Begins to replace the swarm's root certificate; nodes get new certificates by and by while both roots are trusted, and the former is dropped from {@link
     * io.skep.model.Trust} when all have followed, those that are down too. {@code WRONG_STATE} while a rotation is under way.
     *
     * @return PEM of the new root
     */
    CompletionStage<String> rotateCa(String requestId);

    /** With what a locked manager is opened after its start; empty when the swarm is not locked. */
    CompletionStage<Optional<UnlockKey>> unlockKey();

    /** Makes a new unlock key. {@code WRONG_STATE} when the swarm is not locked. */
    CompletionStage<UnlockKey> rotateUnlockKey(String requestId);

    /** Creates a secret of 1 to 500 KiB. {@code ALREADY_EXISTS} when the name is taken. */
    CompletionStage<Secret> createSecret(String requestId, DataSpec spec, byte[] data);

    /** Replaces the labels of a secret; name and content stay. {@code version} as in {@link #updateService}. */
    CompletionStage<Secret> updateSecret(String requestId, String secretId, long version, DataSpec spec);

    /** Removes a secret. {@code IN_USE} naming the services that read it. */
    CompletionStage<Void> removeSecret(String requestId, String secretId);

    /** Creates a config of 1 to 1000 KiB. {@code ALREADY_EXISTS} when the name is taken. */
    CompletionStage<Config> createConfig(String requestId, DataSpec spec, byte[] data);

    /** Replaces the labels of a config; name and content stay. {@code version} as in {@link #updateService}. */
    CompletionStage<Config> updateConfig(String requestId, String configId, long version, DataSpec spec);

    /** Removes a config. {@code IN_USE} naming the services that read it. */
    CompletionStage<Void> removeConfig(String requestId, String configId);

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

    /**
     * Moves the running swarm to another consensus engine, whose bundle runs on every manager: the state is handed over, requests wait some seconds at most,
     * and services notice nothing. No change when the engine is in use. {@code WRONG_STATE} naming the managers on which it does not run or that do not
     * answer.
     *
     * @param engine such as {@code atomix} or {@code ratis}
     * @return the epoch that has begun with it
     */
    CompletionStage<Epoch> useConsensus(String requestId, String engine);

    /**
     * When a majority of the managers is lost for good: this manager goes on alone, with everything it has on disk. The other managers are removed
     * and never listened to again; what ran on them runs elsewhere. Workers, services, networks, secrets and configs stay. {@code WRONG_STATE} while the
     * managers have a leader.
     *
     * @return the epoch that has begun
     */
    CompletionStage<Epoch> recover(String requestId);

    /** The epoch in which this manager is: which engine orders the swarm's transactions. */
    Epoch epoch();
}
