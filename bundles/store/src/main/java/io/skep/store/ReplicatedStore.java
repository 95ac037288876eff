package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The store of a manager: turns transactions into commands of the consensus and their replies into answers. What it hands to the engine is sealed,
 * so that the engine's files tell nothing.
 */
@Component(
        service = {Store.class, Quorum.class},
        immediate = true,
        configurationPid = "io.skep.store")
public final class ReplicatedStore implements Store, Quorum {
    private final Entropy entropy;
    private final Scope scope;
    private final Watchers watchers = new Watchers();
    private final CommandSeal seal;
    private final Replica replica;
    private final Terms terms;
    private final Group group;

    @Activate
    public ReplicatedStore(
            @Reference(name = "consensus", target = "(engine=atomix)") Consensus consensus,
            @Reference LocalNode node,
            @Reference LocalManager manager,
            @Reference EventLoop loop,
            @Reference Entropy entropy) {
        this.entropy = entropy;
        scope = loop.open("store");
        LogKey key = new LogKey(manager.logKey());
        seal = new CommandSeal(key);
        replica = new Replica(key, seal, watchers::report);
        terms = new Terms(scope, seal);
        group = consensus.open(
                new GroupConfig(node.swarmId(), manager.memberId(), manager.directory(), manager.foundingMembers()),
                replica);
        terms.follow(group);
    }

    @Deactivate
    void stop() {
        scope.close();
        group.close();
        replica.close();
    }

    @Override
    public Snapshot snapshot() {
        return replica.snapshot();
    }

    @Override
    public CompletionStage<Snapshot> sync() {
        return group.barrier().thenApply(index -> replica.snapshot());
    }

    @Override
    public CompletionStage<Snapshot> commit(Transaction transaction) {
        List<byte[]> commands = Command.split(new Command.Apply(transaction).bytes(), entropy.newId());
        CompletionStage<byte[]> last = CompletableFuture.completedFuture(new byte[0]);
        for (byte[] command : commands) {
            last = group.submit(seal.seal(command));
        }
        return last.thenCompose(bytes -> answer(Codec.fromBytes(bytes, Reply.class)));
    }

    @Override
    public boolean applied(String requestId) {
        return replica.applied(requestId);
    }

    @Override
    public Watch watch(Scope owner, Consumer<Applied> watcher) {
        return watchers.add(owner, watcher, replica::snapshot);
    }

    @Override
    public Leadership leadership() {
        return terms.known();
    }

    @Override
    public Watch onLeadership(Scope owner, Consumer<Leadership> watcher) {
        return terms.watch(owner, watcher);
    }

    @Override
    public List<String> members() {
        return group.members();
    }

    @Override
    public CompletionStage<Void> add(String memberId) {
        return group.add(memberId);
    }

    @Override
    public CompletionStage<Void> remove(String memberId) {
        return group.remove(memberId);
    }

    @Override
    public CompletionStage<Void> transfer(String memberId) {
        return group.transfer(memberId);
    }

    private CompletionStage<Snapshot> answer(Reply reply) {
        return switch (reply.outcome()) {
            case APPLIED -> replica.reached(reply.version());
            case CONFLICT -> failed(ErrorCode.OUT_OF_SEQUENCE, reply.detail());
            case DEPOSED -> failed(ErrorCode.DEPOSED, reply.detail());
            case PARTIAL, INCOMPLETE ->
                failed(
                        ErrorCode.TIMED_OUT,
                        "a part of the transaction was lost; repeat it under the same request id (" + reply.detail()
                                + ")");
        };
    }

    private static CompletionStage<Snapshot> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
