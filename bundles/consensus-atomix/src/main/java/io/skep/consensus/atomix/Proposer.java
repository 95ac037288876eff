package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.skep.api.consensus.Leadership;
import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.LeadershipBoard;
import io.skep.consensus.support.Proposal;
import io.skep.consensus.support.ProposalQueue;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Optional;
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
    private final ProposalQueue queue;
    private @Nullable Flight flight;
    private @Nullable SkepException ended;
    private @Nullable Runnable cancelRepeat;
    private Runnable cancelLinger = () -> {};
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
        this.queue = new ProposalQueue(() -> thread.execute(this::pump));
        this.session = new ProposerSession(MemberId.from(memberId), mailbox, thread, timings, this::pump);
        board.subscribe(this::leaderChanged);
    }

    /** Proposes a command, or nothing but a place in the order. */
    CompletableFuture<Proposal.Reply> propose(byte @Nullable [] command) {
        Proposal proposal = new Proposal(command, System.nanoTime() + limit.toNanos());
        queue.add(proposal);
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
        pump();
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
        if (flight != null) {
            return;
        }
        cancelLinger.run();
        SkepException end = ended;
        if (end != null) {
            queue.failAll(end);
        } else if (!queue.isEmpty()) {
            armExpiry();
            takeOff();
        }
        if (flight == null) {
            queue.callForAny();
        }
    }

    private void takeOff() {
        if (session.open()) {
            Flight next = new Flight(session.id(), session.nextNumber(), queue.takeBatch());
            flight = next;
            send(next);
        } else {
            session.request();
        }
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
        Duration linger = queue.linger(sent.proposals().size(), sent.time());
        if (linger.isZero()) {
            pump();
        } else {
            cancelLinger = thread.after(linger, this::pump);
        }
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
        queue.putBack(sent.proposals());
        pump();
    }

    private void armExpiry() {
        if (!expiryArmed) {
            oldest().ifPresent(proposal -> {
                expiryArmed = true;
                long wait = Math.max(1, proposal.deadline() - System.nanoTime());
                thread.after(Duration.ofNanos(wait).plusMillis(1), this::expire);
            });
        }
    }

    private Optional<Proposal> oldest() {
        return flight == null ? queue.first() : Optional.of(flight.proposals().get(0));
    }

    private void expire() {
        expiryArmed = false;
        long now = System.nanoTime();
        Flight current = flight;
        if (current != null) {
            current.proposals().forEach(proposal -> proposal.failIfLate(now, late));
            if (current.answered()) {
                startOver(current);
            }
        }
        queue.failLate(now, late);
        armExpiry();
    }
}
