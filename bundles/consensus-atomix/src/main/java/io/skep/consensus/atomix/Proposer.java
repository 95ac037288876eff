package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.skep.api.consensus.Leadership;
import io.skep.consensus.support.Batch;
import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.LeadershipBoard;
import io.skep.consensus.support.Proposal;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings commands to the leader, whoever that is, in order: one batch is under way, and what comes meanwhile is the next
 * batch. A batch is repeated until it is answered, under the same number in the same session, so that the group applies it once;
 * only when the session is lost (see {@link ProposerSession}) can it be applied twice. All state belongs to the engine's thread.
 */
final class Proposer {
    private static final OperationId OPERATION = OperationId.command("batch");
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final Duration REPEAT = Duration.ofMillis(500);

    private final String memberId;
    private final Mailbox mailbox;
    private final EngineThread thread;
    private final Duration limit;
    private final Supplier<SkepException> late;
    private final ProposerSession session;
    private final Deque<Proposal> waiting = new ArrayDeque<>();
    private @Nullable Flight flight;
    private @Nullable SkepException ended;
    private @Nullable Runnable cancelRepeat;
    private boolean expiryArmed;

    /** @param late what a proposal that waited too long is answered with */
    Proposer(
            String memberId,
            Mailbox mailbox,
            EngineThread thread,
            LeadershipBoard board,
            Timings timings,
            Supplier<SkepException> late) {
        this.memberId = memberId;
        this.mailbox = mailbox;
        this.thread = thread;
        this.limit = timings.submit();
        this.late = late;
        this.session = new ProposerSession(MemberId.from(memberId), mailbox, thread, timings, this::pump);
        board.subscribe(this::leaderChanged);
    }

    /** Proposes a command, or nothing but a place in the order. */
    CompletableFuture<Proposal.Reply> propose(byte @Nullable [] command) {
        Proposal proposal = new Proposal(command, System.nanoTime() + limit.toNanos());
        thread.execute(() -> {
            SkepException end = ended;
            if (end != null) {
                proposal.reply().completeExceptionally(end);
            } else {
                waiting.add(proposal);
                armExpiry();
                pump();
            }
        });
        return proposal.reply();
    }

    /** Answers everything that waits, and whatever comes, with a failure. */
    void end(SkepException why) {
        ended = why;
        session.end();
        cancelRepeat();
        if (flight != null) {
            flight.proposals().forEach(proposal -> proposal.reply().completeExceptionally(why));
            flight = null;
        }
        waiting.forEach(proposal -> proposal.reply().completeExceptionally(why));
        waiting.clear();
    }

    private void leaderChanged(Leadership leadership) {
        if (leadership.leader().isPresent() && ended == null) {
            session.leaderFound();
            if (flight != null) {
                send(flight);
            }
        }
    }

    private void pump() {
        if (flight != null || waiting.isEmpty() || ended != null) {
            return;
        }
        if (!session.open()) {
            session.request();
            return;
        }
        Flight next = new Flight(session.id(), session.nextNumber(), take());
        flight = next;
        send(next);
    }

    private List<Proposal> take() {
        List<Proposal> taken = new ArrayList<>();
        int size = 0;
        Proposal head = waiting.peek();
        while (head != null && taken.size() < Batch.MAX_COMMANDS && size + head.size() <= Batch.MAX_BYTES) {
            size += head.size();
            taken.add(waiting.remove());
            head = waiting.peek();
        }
        return taken;
    }

    private void send(Flight sent) {
        repeat(sent, REPEAT);
        CommandRequest request =
                new CommandRequest(sent.session(), sent.number(), new PrimitiveOperation(OPERATION, sent.batch()));
        var unused = mailbox.ask(Message.COMMAND, memberId, request, CommandResponse.class)
                .whenComplete((response, failure) -> thread.execute(() -> received(sent, response)));
    }

    private void cancelRepeat() {
        if (cancelRepeat != null) {
            cancelRepeat.run();
            cancelRepeat = null;
        }
    }

    private void repeat(Flight sent, Duration delay) {
        cancelRepeat();
        cancelRepeat = thread.after(delay, () -> {
            if (flight == sent) {
                send(sent);
            }
        });
    }

    private void received(Flight sent, @Nullable CommandResponse response) {
        if (flight != sent) {
            return;
        }
        if (response != null && response.status() == RaftResponse.Status.OK) {
            land(sent, response.result());
        } else if (response != null && lost(response.error())) {
            startOver(sent);
        } else {
            repeat(sent, RETRY);
        }
    }

    private void land(Flight sent, byte[] result) {
        cancelRepeat();
        flight = null;
        session.completed(sent.number());
        pump();
        sent.land(result);
    }

    /** The group no longer knows the session, or no longer has the answer: a new session carries the batch again. */
    private static boolean lost(RaftError error) {
        return switch (error.type()) {
            case UNKNOWN_SESSION, UNKNOWN_CLIENT, CLOSED_SESSION, UNKNOWN_SERVICE, PROTOCOL_ERROR -> true;
            default -> false;
        };
    }

    private void startOver(Flight sent) {
        cancelRepeat();
        flight = null;
        session.lost();
        for (int i = sent.proposals().size() - 1; i >= 0; i--) {
            Proposal proposal = sent.proposals().get(i);
            if (!proposal.reply().isDone()) {
                waiting.addFirst(proposal);
            }
        }
        pump();
    }

    private void armExpiry() {
        Proposal oldest = flight != null ? flight.proposals().get(0) : waiting.peek();
        if (!expiryArmed && oldest != null) {
            expiryArmed = true;
            long wait = Math.max(1, oldest.deadline() - System.nanoTime());
            thread.after(Duration.ofNanos(wait).plusMillis(1), this::expire);
        }
    }

    private void expire() {
        expiryArmed = false;
        long now = System.nanoTime();
        Flight current = flight;
        if (current != null) {
            current.proposals().forEach(proposal -> failIfLate(proposal, now));
            if (current.answered()) {
                startOver(current);
            }
        }
        Proposal head = waiting.peek();
        while (head != null && failIfLate(head, now)) {
            waiting.remove();
            head = waiting.peek();
        }
        armExpiry();
    }

    private boolean failIfLate(Proposal proposal, long now) {
        if (proposal.late(now)) {
            proposal.reply().completeExceptionally(late.get());
            return true;
        }
        return false;
    }
}
