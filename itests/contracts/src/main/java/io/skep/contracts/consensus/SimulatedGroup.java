package io.skep.contracts.consensus;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.consensus.SimulatedConsensus.SimulatedLog;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One member of a {@link SimulatedConsensus}. */
final class SimulatedGroup implements Group {
    private final SimulatedLog log;
    private final String memberId;
    private final StateMachine machine;
    private final List<Consumer<Leadership>> listeners = new ArrayList<>();
    private @Nullable Leadership reported;
    private int applied;
    private boolean closed;

    SimulatedGroup(SimulatedLog log, String memberId, StateMachine machine) {
        this.log = log;
        this.memberId = memberId;
        this.machine = machine;
    }

    String memberId() {
        return memberId;
    }

    /** Applies what is committed up to an index and gives the last answer. */
    byte[] applyUpTo(int index) {
        byte[] snapshot = log.snapshot();
        if (snapshot != null && applied < log.snapshotIndex()) {
            load(snapshot);
        }
        byte[] answer = new byte[0];
        while (applied < index) {
            applied++;
            answer = machine.apply(applied, log.command(applied));
        }
        return answer;
    }

    private void load(byte[] snapshot) {
        try {
            machine.load(new ByteArrayInputStream(snapshot));
            applied = log.snapshotIndex();
        } catch (IOException failure) {
            throw new SkepException(
                    ErrorCode.CORRUPT, "the snapshot cannot be loaded: " + failure.getMessage(), failure);
        }
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        return attempt(() -> {
            if (command.length > MAX_COMMAND) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the command has " + command.length + " bytes; send at most " + MAX_COMMAND);
            }
            return log.commit(memberId, command);
        });
    }

    @Override
    public CompletionStage<Long> barrier() {
        return attempt(() -> {
            if (leadership().leader().isEmpty()) {
                throw new SkepException(ErrorCode.NO_LEADER, "member " + memberId + " sees no leader; try again later");
            }
            return (long) applied;
        });
    }

    @Override
    public Leadership leadership() {
        Optional<String> leader = closed ? Optional.empty() : log.leaderSeenBy(memberId);
        return new Leadership(log.term(), leader, leader.equals(Optional.of(memberId)));
    }

    @Override
    public void onLeadership(Consumer<Leadership> listener) {
        listeners.add(listener);
        listener.accept(leadership());
    }

    void report() {
        Leadership now = leadership();
        if (!now.equals(reported)) {
            reported = now;
            List.copyOf(listeners).forEach(listener -> listener.accept(now));
        }
    }

    @Override
    public List<String> members() {
        return log.voters();
    }

    @Override
    public CompletionStage<Void> add(String added) {
        return attempt(() -> log.add(memberId, added)).thenCompose(done -> done);
    }

    @Override
    public CompletionStage<Void> remove(String removed) {
        return attempt(() -> {
            if (log.voter(removed) && log.voters().size() == 1) {
                throw new SkepException(
                        ErrorCode.WRONG_STATE,
                        "member " + removed + " is the last one; add another before removing it");
            }
            log.remove(memberId, removed);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> transfer(String to) {
        return attempt(() -> {
            log.transfer(memberId, to);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> compact() {
        return attempt(() -> {
            ByteArrayOutputStream state = new ByteArrayOutputStream();
            try {
                machine.save(state);
            } catch (IOException failure) {
                throw new SkepException(
                        ErrorCode.FAILED, "the state cannot be saved: " + failure.getMessage(), failure);
            }
            log.compactAt(applied, state.toByteArray());
            return null;
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> attempt(Supplier<T> work) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new SkepException(ErrorCode.PART_MISSING, "the consensus engine of " + memberId + " is stopped"));
        }
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (SkepException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            log.leave(memberId, applied);
        }
    }
}
