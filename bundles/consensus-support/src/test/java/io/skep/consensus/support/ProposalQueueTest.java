package io.skep.consensus.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who waits, when the engine is called for them, and what a batch takes. */
class ProposalQueueTest {
    private static final Duration FLIGHT = Duration.ofMillis(2);

    private final AtomicInteger calls = new AtomicInteger();
    private final ProposalQueue queue = new ProposalQueue(calls::incrementAndGet);

    private static Proposal proposal(int bytes) {
        return new Proposal(new byte[bytes], Long.MAX_VALUE);
    }

    private void add(int count) {
        IntStream.range(0, count).forEach(i -> queue.add(proposal(1)));
    }

    @Test
    void theFirstOneCallsAndTheOthersCount() {
        add(3);
        assertThat(calls).hasValue(1);
        assertThat(queue.takeBatch()).hasSize(3);
    }

    @Test
    void nobodyIsCalledWhileABatchIsUnderWay() {
        add(1);
        queue.takeBatch();
        add(5);
        assertThat(calls).hasValue(1);
        queue.callForAny();
        assertThat(calls).hasValue(2);
        assertThat(queue.takeBatch()).hasSize(5);
    }

    @Test
    void whatCameBeforeItWasAskedForCallsToo() {
        add(1);
        assertThat(queue.isEmpty()).isFalse();
        queue.callForAny();
        assertThat(calls).as("what was seen needs no call").hasValue(1);
        add(1);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aLoneWriterDoesNotWait() {
        assertThat(queue.linger(1, FLIGHT)).isZero();
        assertThat(queue.linger(0, FLIGHT)).isZero();
    }

    @Test
    void thoseWhoWereAnsweredTogetherAreWaitedForUntilTheyAreAllHere() {
        queue.takeBatch();
        assertThat(queue.linger(4, FLIGHT)).isEqualTo(FLIGHT.dividedBy(4));
        add(3);
        assertThat(calls).hasValue(0);
        add(1);
        assertThat(calls).hasValue(1);
        assertThat(queue.takeBatch()).hasSize(4);
    }

    @Test
    void aSlowDiskMakesNobodyWaitForLong() {
        assertThat(queue.linger(2, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aFullBatchWaitsForNobody() {
        add(Batch.MAX_COMMANDS + 2);
        assertThat(queue.linger(10, FLIGHT)).isZero();
        assertThat(queue.takeBatch()).hasSize(Batch.MAX_COMMANDS);
        assertThat(queue.takeBatch()).hasSize(2);
    }

    @Test
    void aBatchIsBoundedInBytesButNeverEmpty() {
        queue.add(proposal(Batch.MAX_BYTES - 10));
        queue.add(proposal(100));
        assertThat(queue.takeBatch()).hasSize(1);
        assertThat(queue.takeBatch()).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsPutBackComesFirstButForWhatIsAnswered() {
        List<Proposal> batch = List.of(proposal(1), proposal(2), proposal(3));
        batch.get(1).reply().complete(new Proposal.Reply(1, new byte[0]));
        Proposal later = proposal(4);
        queue.add(later);
        queue.putBack(batch);
        assertThat(queue.takeBatch()).containsExactly(batch.get(0), batch.get(2), later);
    }

    @Test
    void whoIsLateFailsAndTheOthersStay() {
        Proposal late = new Proposal(new byte[1], System.nanoTime() - 1);
        Proposal early = new Proposal(
                new byte[1], System.nanoTime() + Duration.ofMinutes(1).toNanos());
        queue.add(late);
        queue.add(early);
        queue.failLate(System.nanoTime(), () -> new SkepException(ErrorCode.TIMED_OUT, "late"));
        assertThat(late.reply()).isCompletedExceptionally();
        assertThat(queue.first()).isEqualTo(Optional.of(early));
        assertThat(queue.last()).isEqualTo(Optional.of(early));
    }

    @Test
    void theEndFailsAll() {
        List<Proposal> all = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> {
            Proposal one = proposal(1);
            all.add(one);
            queue.add(one);
        });
        queue.failAll(new SkepException(ErrorCode.PART_MISSING, "closed"));
        assertThat(all).allSatisfy(one -> assertThat(one.reply()).isCompletedExceptionally());
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Who only looks takes in as well, perhaps what was not counted yet: it must not stay without a call. */
    @Test
    void aLookTakesNobodysCall() throws InterruptedException {
        int rounds = 60_000;
        Semaphore called = new Semaphore(0);
        Semaphore taken = new Semaphore(0);
        ProposalQueue idle = new ProposalQueue(called::release);
        Thread adding = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                idle.add(proposal(1));
                taken.acquireUninterruptibly();
            }
        });
        adding.setDaemon(true);
        adding.start();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        int seen = 0;
        while (seen < rounds && System.nanoTime() < end) {
            var unused = idle.last();
            if (called.tryAcquire()) {
                int batch = idle.takeBatch().size();
                seen += batch;
                idle.callForAny();
                taken.release(batch);
            }
        }
        assertThat(seen).as("taken after a call").isEqualTo(rounds);
    }

    @Test
    void whatFillsABatchByItsSizeWaitsForNobody() {
        queue.add(proposal(Batch.MAX_BYTES / 2));
        queue.add(proposal(Batch.MAX_BYTES / 2));
        assertThat(queue.linger(2, FLIGHT)).isZero();
    }

    /** Threads that add while the engine takes: everything arrives, in the order of each thread, and the engine need not look without a call. */
    @Test
    void nothingIsForgotten() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        Semaphore called = new Semaphore(0);
        ProposalQueue busy = new ProposalQueue(called::release);
        List<Thread> adding = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            byte mark = (byte) t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    busy.add(new Proposal(new byte[] {mark}, i));
                }
            });
            adding.add(thread);
            thread.start();
        }
        long[] next = new long[threads];
        int taken = 0;
        while (taken < threads * each) {
            assertThat(called.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            while (!busy.isEmpty()) {
                for (Proposal one : busy.takeBatch()) {
                    byte[] command = Objects.requireNonNull(one.command());
                    assertThat(one.deadline()).isEqualTo(next[command[0]]++);
                    taken++;
                }
            }
            busy.callForAny();
        }
        for (Thread thread : adding) {
            thread.join();
        }
    }
}
