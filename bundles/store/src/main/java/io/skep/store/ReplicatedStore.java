package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Leadership;
import io.skep.api.identity.LocalManager;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Epoch;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The store of a manager: turns transactions into commands of the consensus and their replies into answers. What it hands to the engine is sealed,
 * so that the engine's files tell nothing. It lives as long as the engine of the present epoch ({@link EngineChoice}), and passes from one epoch to the next
 * without its users noticing more than a pause.
 */
@Component(
        service = {Store.class, Quorum.class},
        immediate = true)
public final class ReplicatedStore implements Store, Quorum {
    private final Entropy entropy;
    private final Scope scope;
    private final Watchers watchers;
    private final CommandSeal seal;
    private final Terms terms;
    private final Passage passage;
    private final Succession succession;

    @Activate
    public ReplicatedStore(
            @Reference(name = "present", target = "(" + EngineChoice.PRESENT + "=true)") Consensus present,
            @Reference(name = "present.engines") Engines engines,
            @Reference LocalManager manager,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this(engines, manager, loop, effects, entropy);
    }

    ReplicatedStore(Engines engines, LocalManager manager, EventLoop loop, Effects effects, Entropy entropy) {
        this.entropy = entropy;
        scope = loop.open("store");
        watchers = new Watchers(scope);
        LogKey key = new LogKey(manager.logKey());
        seal = new CommandSeal(key);
        terms = new Terms(scope, seal);
        Epoch first = engines.epoch().orElseThrow();
        passage = new Passage(
                new Passage.Means(scope, effects, entropy),
                new Passage.Followers(watchers, terms),
                engines,
                first,
                key,
                seal,
                manager.memberId());
        succession = new Succession(passage, engines.others(), entropy, seal);
        new Vigil(scope, terms, engines.others(), passage).begin();
    }

    @Deactivate
    void stop() {
        scope.close();
        passage.stop();
    }

    @Override
    public Snapshot snapshot() {
        return passage.present().replica().snapshot();
    }

    @Override
    public CompletionStage<Snapshot> sync() {
        return on(passage.present(), this::sync);
    }

    /** Once a group was handed over, what it agreed on is not all that was acknowledged. */
    private CompletionStage<Snapshot> sync(Line line) {
        return line.group().barrier().thenCompose(index -> {
            Snapshot reached = line.replica().snapshot();
            return line.over()
                    ? passage.after(line).thenCompose(next -> on(next, this::sync))
                    : CompletableFuture.completedFuture(reached);
        });
    }

    @Override
    public CompletionStage<Snapshot> commit(Transaction transaction) {
        byte[] command = new Command.Apply(transaction).bytes();
        return on(passage.present(), line -> commit(line, command));
    }

    private CompletionStage<Snapshot> commit(Line line, byte[] command) {
        CompletionStage<byte[]> last = CompletableFuture.completedFuture(new byte[0]);
        for (byte[] part : Command.split(command, entropy::newId)) {
            last = line.group().submit(seal.seal(part));
        }
        return last.thenCompose(bytes -> answer(line, Codec.fromBytes(bytes, Reply.class), command));
    }

    /** What a group cannot say any more because the swarm goes on in another is asked there. */
    private CompletionStage<Snapshot> on(Line line, Function<Line, CompletionStage<Snapshot>> request) {
        return request.apply(line).exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean later = cause instanceof SkepException known && known.code().kind() == ErrorKind.UNAVAILABLE;
            return later && line.over()
                    ? passage.after(line).thenCompose(next -> on(next, request))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    @Override
    public boolean applied(String requestId) {
        return passage.present().replica().applied(requestId);
    }

    @Override
    public Watch watch(Scope owner, Consumer<Applied> watcher) {
        return watchers.add(owner, watcher, this::snapshot);
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
        return passage.present().group().members();
    }

    @Override
    public CompletionStage<Void> add(String memberId) {
        return passage.present().group().add(memberId);
    }

    @Override
    public CompletionStage<Void> remove(String memberId) {
        return passage.present().group().remove(memberId);
    }

    @Override
    public CompletionStage<Void> transfer(String memberId) {
        return passage.present().group().transfer(memberId);
    }

    @Override
    public Epoch epoch() {
        return passage.present().epoch();
    }

    @Override
    public CompletionStage<Epoch> move(String engine) {
        return succession.move(engine);
    }

    @Override
    public CompletionStage<Epoch> recover(Function<Snapshot, List<Change>> plan) {
        return passage.recover(plan);
    }

    private CompletionStage<Snapshot> answer(Line line, Reply reply, byte[] command) {
        return switch (reply.outcome()) {
            case APPLIED -> line.replica().reached(reply.version());
            case CONFLICT -> failed(ErrorCode.OUT_OF_SEQUENCE, reply.detail());
            case DEPOSED -> failed(ErrorCode.DEPOSED, reply.detail());
            case MOVED -> passage.after(line).thenCompose(next -> on(next, later -> commit(later, command)));
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
