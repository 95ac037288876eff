package io.skep.consensus.ratis;

import io.skep.api.consensus.Leadership;
import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.LeadershipBoard;
import io.skep.consensus.support.Proposal;
import io.skep.consensus.support.ProposalQueue;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings commands to the leader, whoever that is, in order: one batch is under way, and what comes meanwhile is the next batch. A
 * batch is repeated under its number until it is answered; the leader remembers for a while which numbers were applied, so that
 * it is applied once unless that memory is lost. All state belongs to the engine's thread.
 */
final class Proposer {
    private static final Duration RETRY = Duration.ofMillis(20);

    private final LeaderDesk desk;
    private final EngineThread thread;
    private final LeadershipBoard board;
    private final Duration limit;
    private final Supplier<SkepException> late;
    private final UUID sender = UUID.randomUUID();
    private final ProposalQueue queue;
    private @Nullable Flight flight;
    private @Nullable SkepException ended;
    private long lastNumber;
    private Runnable cancelLinger = () -> {};
    private boolean expiryArmed;

    Proposer(
            LeaderDesk desk, EngineThread thread, LeadershipBoard board, Duration limit, Supplier<SkepException> late) {
        this.desk = desk;
        this.thread = thread;
        this.board = board;
        this.limit = limit;
        this.late = late;
        this.queue = new ProposalQueue(() -> thread.execute(this::pump));
        board.subscribe(this::leaderChanged);
    }

    CompletableFuture<byte[]> propose(byte[] command) {
        Proposal proposal = new Proposal(command, System.nanoTime() + limit.toNanos());
        queue.add(proposal);
        return proposal.reply().thenApply(Proposal.Reply::answer);
    }

    /** Completes once every command is answered that was proposed before, well or not. */
    CompletableFuture<@Nullable Void> settled() {
        CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
        thread.execute(() -> last().ifPresentOrElse(
                        proposal -> {
                            var unused = proposal.reply().whenComplete((reply, failure) -> settled.complete(null));
                        },
                        () -> settled.complete(null)));
        return settled;
    }

    private Optional<Proposal> last() {
        return queue.last().or(() -> Optional.ofNullable(flight).map(Flight::last));
    }

    /** Answers everything that waits, and whatever comes, with a failure. */
    void end(SkepException why) {
        ended = why;
        Flight last = flight;
        flight = null;
        if (last != null) {
            last.fail(why);
        }
        pump();
    }

    private void leaderChanged(Leadership leadership) {
        if (flight != null && ended == null) {
            send(flight);
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
        lastNumber++;
        Flight next = new Flight(lastNumber, queue.takeBatch());
        flight = next;
        send(next);
    }

    /** Without a leader it waits for one; the board will tell. */
    private void send(Flight sent) {
        board.now().leader().ifPresent(leader -> {
            var unused = desk.submit(leader, sender, sent.number(), sent.batch())
                    .whenComplete((answers, failure) -> thread.execute(() -> received(sent, leader, answers)));
        });
    }

    private void received(Flight sent, String leader, byte @Nullable [] answers) {
        if (flight != sent) {
            return;
        }
        if (answers == null) {
            thread.after(RETRY, () -> {
                if (flight == sent
                        && board.now().leader().filter(leader::equals).isPresent()) {
                    send(sent);
                }
            });
        } else if (answers.length == 0) {
            startOver(sent);
        } else {
            land(sent, answers);
        }
    }

    private void land(Flight sent, byte[] answers) {
        flight = null;
        Duration linger = queue.linger(sent.proposals().size(), sent.time());
        if (linger.isZero()) {
            pump();
        } else {
            cancelLinger = thread.after(linger, this::pump);
        }
        sent.land(answers);
    }

    /** Brings what is still waited for anew, under another number. */
    private void startOver(Flight sent) {
        flight = null;
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
        Flight current = flight;
        return current == null ? queue.first() : current.oldest();
    }

    private void expire() {
        expiryArmed = false;
        long now = System.nanoTime();
        Flight current = flight;
        if (current != null) {
            current.proposals().forEach(proposal -> proposal.failIfLate(now, late));
            if (current.oldest().isEmpty()) {
                startOver(current);
            }
        }
        queue.failLate(now, late);
        armExpiry();
    }
}
