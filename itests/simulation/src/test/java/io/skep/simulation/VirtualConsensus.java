package io.skep.simulation;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.consensus.SimulatedConsensus;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The simulated consensus in virtual time: commands, answers and news of leaders take their time, and commands or their answers get lost. */
final class VirtualConsensus implements Consensus {
    private static final Duration DELAY = Duration.ofMillis(6);
    private static final Duration NEWS = Duration.ofMillis(300);
    private static final Duration LOST = Duration.ofSeconds(5);
    private final Timeline timeline;
    private final SimulatedConsensus consensus = new SimulatedConsensus();
    private int loss;

    VirtualConsensus(Timeline timeline) {
        this.timeline = timeline;
    }

    void cut(String memberId) {
        consensus.cut(memberId);
    }

    /** How many of a hundred commands are lost, or else their answers. */
    void lose(int percent) {
        loss = percent;
    }

    void heal() {
        loss = 0;
        consensus.heal();
    }

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        return new VirtualGroup(consensus.open(config, machine));
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        consensus.salvage(config, machine);
    }

    /** One member. */
    private final class VirtualGroup implements Group {
        private final Group group;
        private final Map<Object, CompletableFuture<?>> unanswered = new LinkedHashMap<>();
        private Instant lastCommand = Instant.MIN;
        private Instant lastNews = Instant.MIN;
        private boolean closed;

        VirtualGroup(Group group) {
            this.group = group;
        }

        private <T> CompletionStage<T> later(boolean command, boolean answered, Supplier<CompletionStage<T>> work) {
            CompletableFuture<T> result = new CompletableFuture<>();
            if (closed) {
                result.completeExceptionally(stopped());
                return result;
            }
            Object key = new Object();
            unanswered.put(key, result);
            Instant soon = timeline.now().plus(timeline.upTo(DELAY));
            if (command) {
                lastCommand = soon.isAfter(lastCommand) ? soon : lastCommand.plusNanos(1);
                soon = lastCommand;
            }
            timeline.at(soon, () -> {
                if (!closed) {
                    CompletionStage<T> done = work.get();
                    if (answered) {
                        done.whenComplete((value, failure) ->
                                timeline.after(timeline.upTo(DELAY), () -> settle(key, result, value, failure)));
                    } else {
                        lose(key, result);
                    }
                }
            });
            return result;
        }

        private <T> void settle(Object key, CompletableFuture<T> result, T value, @Nullable Throwable failure) {
            unanswered.remove(key);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        }

        private void lose(Object key, CompletableFuture<?> result) {
            timeline.after(LOST, () -> {
                unanswered.remove(key);
                result.completeExceptionally(new SkepException(ErrorCode.TIMED_OUT, "the outcome is unknown; repeat"));
            });
        }

        @Override
        public CompletionStage<byte[]> submit(byte[] command) {
            boolean troubled = timeline.chance(loss);
            boolean commandLost = troubled && timeline.chance(50);
            return later(true, !troubled, () -> commandLost ? new CompletableFuture<>() : group.submit(command));
        }

        @Override
        public CompletionStage<Long> barrier() {
            return later(true, true, group::barrier);
        }

        @Override
        public Leadership leadership() {
            return group.leadership();
        }

        @Override
        public void onLeadership(Consumer<Leadership> listener) {
            group.onLeadership(news -> {
                Instant soon = timeline.now().plus(timeline.upTo(NEWS));
                lastNews = soon.isAfter(lastNews) ? soon : lastNews.plusNanos(1);
                timeline.at(lastNews, () -> listener.accept(news));
            });
        }

        @Override
        public List<String> members() {
            return group.members();
        }

        @Override
        public CompletionStage<Void> add(String memberId) {
            return later(false, true, () -> group.add(memberId));
        }

        @Override
        public CompletionStage<Void> remove(String memberId) {
            return later(false, true, () -> group.remove(memberId));
        }

        @Override
        public CompletionStage<Void> transfer(String memberId) {
            return later(false, true, () -> group.transfer(memberId));
        }

        @Override
        public CompletionStage<Void> compact() {
            return later(false, true, group::compact);
        }

        @Override
        public void close() {
            closed = true;
            group.close();
            List<CompletableFuture<?>> left = List.copyOf(unanswered.values());
            unanswered.clear();
            left.forEach(one -> one.completeExceptionally(stopped()));
        }

        private static SkepException stopped() {
            return new SkepException(ErrorCode.PART_MISSING, "the consensus is stopped; repeat when it runs again");
        }
    }
}
