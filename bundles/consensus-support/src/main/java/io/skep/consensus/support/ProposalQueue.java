package io.skep.consensus.support;

import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Proposals that wait for a batch. Any thread adds; the rest belongs to the engine's thread, which is called only when enough have come: while
 * a batch is under way nobody needs it, and to wake a thread for each of many costs more than to carry them.
 */
public final class ProposalQueue {
    private static final int NEVER = Integer.MAX_VALUE;
    /** So long, at most, those are waited for who were answered together and may write again together. */
    private static final Duration LONGEST_LINGER = Duration.ofMillis(1);

    private static final int LINGERS_PER_FLIGHT = 4;

    private final Runnable call;
    private final Queue<Proposal> incoming = new ConcurrentLinkedQueue<>();
    private final AtomicInteger came = new AtomicInteger();
    /** With so many there is a call, and no other until it is set again. */
    private final AtomicInteger enough = new AtomicInteger(1);

    private final Deque<Proposal> waiting = new ArrayDeque<>();

    /** @param call has the engine's thread come for what is here */
    public ProposalQueue(Runnable call) {
        this.call = call;
    }

    /** Any thread. */
    public void add(Proposal proposal) {
        incoming.add(proposal);
        // At least this one came, even if it was taken in before it was counted: who did that may not send it.
        look(Math.max(1, came.incrementAndGet()));
    }

    private void look(int here) {
        int least = enough.get();
        if (here >= least && enough.compareAndSet(least, NEVER)) {
            call.run();
        }
    }

    private void callAt(int count) {
        enough.set(count);
        look(came.get());
    }

    private void takeIn() {
        Proposal next = incoming.poll();
        while (next != null) {
            came.decrementAndGet();
            waiting.add(next);
            next = incoming.poll();
        }
    }

    /** Calls as soon as there is anything that was not seen yet. */
    public void callForAny() {
        callAt(1);
    }

    /**
     * How long a batch should wait for those who were answered with the one that has landed just now: fewer and larger batches serve many writers
     * faster, while a lone one never waits. Calls as soon as they are all here.
     *
     * @param answered how many that batch carried
     * @param flight how long it was under way
     */
    public Duration linger(int answered, Duration flight) {
        takeIn();
        int missing = Math.min(answered, Batch.MAX_COMMANDS - waiting.size());
        if (answered < 2 || missing <= 0 || bytes() >= Batch.MAX_BYTES) {
            return Duration.ZERO;
        }
        callAt(missing);
        Duration share = flight.dividedBy(LINGERS_PER_FLIGHT);
        return share.compareTo(LONGEST_LINGER) < 0 ? share : LONGEST_LINGER;
    }

    private int bytes() {
        return waiting.stream().mapToInt(Proposal::size).sum();
    }

    public boolean isEmpty() {
        takeIn();
        return waiting.isEmpty();
    }

    /** As many as one batch carries; not none unless the queue is empty. Nobody is called until that is asked for again. */
    public List<Proposal> takeBatch() {
        enough.set(NEVER);
        takeIn();
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

    /** Brings what is unanswered of a batch to the head again. */
    public void putBack(List<Proposal> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            if (!batch.get(i).reply().isDone()) {
                waiting.addFirst(batch.get(i));
            }
        }
    }

    public Optional<Proposal> first() {
        takeIn();
        return Optional.ofNullable(waiting.peekFirst());
    }

    public Optional<Proposal> last() {
        takeIn();
        return Optional.ofNullable(waiting.peekLast());
    }

    /** Fails the proposals that have waited too long. */
    public void failLate(long now, Supplier<SkepException> why) {
        takeIn();
        while (!waiting.isEmpty() && waiting.peek().failIfLate(now, why)) {
            waiting.remove();
        }
    }

    /** Fails whatever is here. */
    public void failAll(SkepException why) {
        takeIn();
        waiting.forEach(proposal -> proposal.reply().completeExceptionally(why));
        waiting.clear();
    }
}
