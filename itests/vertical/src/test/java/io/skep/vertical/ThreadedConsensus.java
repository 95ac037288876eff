package io.skep.vertical;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.consensus.SimulatedConsensus;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A simulated consensus with a thread of its own, as a real engine has, and with the troubles that a test asks for. */
final class ThreadedConsensus implements Consensus {
    /** What becomes of a command. */
    enum Trouble {
        NONE,
        /** It is committed, but its answer gets lost. */
        ANSWER_LOST,
        /** It gets lost itself. */
        COMMAND_LOST
    }

    private final SimulatedConsensus consensus = new SimulatedConsensus();
    private final HostThread engine;
    private volatile Trouble trouble = Trouble.NONE;

    ThreadedConsensus(HostThread engine) {
        this.engine = engine;
    }

    void trouble(Trouble now) {
        trouble = now;
    }

    /** Takes a member off the consensus' network. */
    void cut(String memberId) {
        engine.run(() -> consensus.cut(memberId));
    }

    /** Reconnects all of them. */
    void heal() {
        engine.run(consensus::heal);
    }

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        return new ThreadedGroup(engine.call(() -> consensus.open(config, machine)));
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        engine.run(() -> consensus.salvage(config, machine));
    }

    private final class ThreadedGroup implements Group {
        private final Group group;
        private final Queue<CompletableFuture<?>> unanswered = new ConcurrentLinkedQueue<>();

        ThreadedGroup(Group group) {
            this.group = group;
        }

        private <T> CompletionStage<T> onEngine(Supplier<CompletionStage<T>> work, boolean answered) {
            CompletableFuture<T> result = new CompletableFuture<>();
            unanswered.removeIf(CompletableFuture::isDone);
            unanswered.add(result);
            engine.later(() -> {
                CompletionStage<T> done = work.get();
                if (answered) {
                    done.whenComplete((value, failure) -> {
                        if (failure == null) {
                            result.complete(value);
                        } else {
                            result.completeExceptionally(failure);
                        }
                    });
                }
            });
            return result;
        }

        @Override
        public CompletionStage<byte[]> submit(byte[] command) {
            Trouble now = trouble;
            return now == Trouble.COMMAND_LOST
                    ? onEngine(CompletableFuture::new, false)
                    : onEngine(() -> group.submit(command), now == Trouble.NONE);
        }

        @Override
        public CompletionStage<Long> barrier() {
            return onEngine(group::barrier, true);
        }

        @Override
        public Leadership leadership() {
            return engine.call(group::leadership);
        }

        @Override
        public void onLeadership(Consumer<Leadership> listener) {
            engine.run(() -> group.onLeadership(listener));
        }

        @Override
        public List<String> members() {
            return engine.call(group::members);
        }

        @Override
        public CompletionStage<Void> add(String memberId) {
            return onEngine(() -> group.add(memberId), true);
        }

        @Override
        public CompletionStage<Void> remove(String memberId) {
            return onEngine(() -> group.remove(memberId), true);
        }

        @Override
        public CompletionStage<Void> transfer(String memberId) {
            return onEngine(() -> group.transfer(memberId), true);
        }

        @Override
        public CompletionStage<Void> compact() {
            return onEngine(group::compact, true);
        }

        @Override
        public void close() {
            engine.run(group::close);
            unanswered.forEach(one -> one.completeExceptionally(
                    new SkepException(ErrorCode.PART_MISSING, "the consensus is stopped; repeat when it runs again")));
        }
    }
}
