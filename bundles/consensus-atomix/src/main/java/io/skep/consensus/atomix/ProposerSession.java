package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.protocol.KeepAliveRequest;
import io.atomix.protocols.raft.protocol.KeepAliveResponse;
import io.atomix.protocols.raft.protocol.OpenSessionRequest;
import io.atomix.protocols.raft.protocol.OpenSessionResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.skep.consensus.support.EngineThread;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The session under which a member's batches are numbered, so that the group recognises a repeated one. Kept alive while
 * the member runs; one that was lost (the member was cut off for longer than the session time-out) is replaced by a new one, and a batch
 * that was under way then may be applied twice. All state belongs to the engine's thread.
 */
final class ProposerSession {
    private static final long NONE = 0;
    private static final Duration RETRY = Duration.ofMillis(5);
    /** The group remembers the answers of so many batches, then it is told that they were received. */
    private static final int BATCHES_PER_KEEP_ALIVE = 1000;

    private final MemberId member;
    private final Mailbox mailbox;
    private final EngineThread thread;
    private final Duration keepAliveInterval;
    private final Duration patience;
    private final OpenSessionRequest opening;
    private final Runnable onOpen;
    private long id = NONE;
    private long number;
    private long completed;
    private long attempt;
    private boolean requested;
    private boolean ended;
    private Runnable cancelKeepAlive = () -> {};

    ProposerSession(MemberId member, Mailbox mailbox, EngineThread thread, Timings timings, Runnable onOpen) {
        this.member = member;
        this.mailbox = mailbox;
        this.thread = thread;
        this.keepAliveInterval = timings.session().dividedBy(3);
        this.patience = timings.election().multipliedBy(2);
        this.onOpen = onOpen;
        this.opening = new OpenSessionRequest(
                member.id(),
                MachineType.NAME,
                MachineType.NAME,
                Wire.service().serialize(new ServiceConfig()),
                ReadConsistency.LINEARIZABLE,
                timings.session().toMillis(),
                timings.session().toMillis());
    }

    boolean open() {
        return id != NONE;
    }

    long id() {
        return id;
    }

    long nextNumber() {
        return ++number;
    }

    /** Remembers that the answer of a batch arrived, so that the group may forget it. */
    void completed(long batch) {
        completed = batch;
        if (batch % BATCHES_PER_KEEP_ALIVE == 0) {
            keepAlive();
        }
    }

    /** Asks for a session unless that was done; {@code onOpen} tells when it is there. */
    void request() {
        if (!requested && !open() && !ended) {
            requested = true;
            send();
        }
    }

    /** Asks again at once, for what was asked of the last leader may never be answered. */
    void leaderFound() {
        if (!open() && !ended) {
            requested = true;
            send();
        }
    }

    void lost() {
        id = NONE;
        number = 0;
        completed = 0;
        cancelKeepAlive.run();
    }

    void end() {
        ended = true;
        lost();
    }

    private void send() {
        long mine = ++attempt;
        Runnable cancel = thread.after(patience, () -> again(mine));
        var unused = mailbox.ask(Message.OPEN_SESSION, member.id(), opening, OpenSessionResponse.class)
                .whenComplete((response, failure) -> thread.execute(() -> {
                    cancel.run();
                    opened(mine, response);
                }));
    }

    private void opened(long mine, @Nullable OpenSessionResponse response) {
        if (mine != attempt || open() || ended) {
            return;
        }
        if (response != null && response.status() == RaftResponse.Status.OK) {
            requested = false;
            id = response.session();
            armKeepAlive();
            onOpen.run();
        } else {
            thread.after(RETRY, () -> again(mine));
        }
    }

    private void again(long mine) {
        if (mine == attempt && !open() && !ended) {
            send();
        }
    }

    private void armKeepAlive() {
        cancelKeepAlive.run();
        cancelKeepAlive = thread.after(keepAliveInterval, () -> {
            keepAlive();
            armKeepAlive();
        });
    }

    private void keepAlive() {
        long kept = id;
        if (kept == NONE) {
            return;
        }
        KeepAliveRequest request = new KeepAliveRequest(new long[] {kept}, new long[] {completed}, new long[] {kept});
        var unused = mailbox.ask(Message.KEEP_ALIVE, member.id(), request, KeepAliveResponse.class)
                .whenComplete((response, failure) -> thread.execute(() -> kept(kept, response)));
    }

    private void kept(long session, @Nullable KeepAliveResponse response) {
        boolean forgotten = response != null
                && response.status() == RaftResponse.Status.OK
                && Arrays.stream(response.sessionIds()).noneMatch(known -> known == session);
        if (forgotten && id == session) {
            lost();
            request();
        }
    }
}
