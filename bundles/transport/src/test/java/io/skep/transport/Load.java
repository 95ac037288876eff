package io.skep.transport;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Asks one request after another under several subjects, and notes failures and whatever arrives out of order. */
final class Load {
    private static final int LANES = 4;
    private static final int AT_A_TIME = 8;

    private final Transport from;
    private final String to;
    private final String name;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(LANES);
    private volatile boolean stopped;
    private volatile Goal goal = new Goal(Long.MAX_VALUE, new CompletableFuture<>());

    Load(Transport from, String to, String name) {
        this.from = from;
        this.to = to;
        this.name = name;
    }

    /** Makes a node answer what this load asks. */
    void answeredBy(Transport transport) {
        for (int lane = 0; lane < LANES; lane++) {
            String subject = subject(lane);
            transport.serve(subject, Access.MEMBERS, (peer, body) -> {
                long number = ByteBuffer.wrap(body).getLong();
                Long before = arrived.put(subject, number);
                if (before != null && before >= number) {
                    faults.add(subject + ": " + number + " after " + before);
                }
                return CompletableFuture.completedFuture(body);
            });
        }
    }

    private String subject(int lane) {
        return name + "." + lane;
    }

    Load start() {
        for (int lane = 0; lane < LANES; lane++) {
            round(lane);
        }
        return this;
    }

    /** Some at a time, of different sizes, and when all are answered the next. */
    private void round(int lane) {
        if (stopped) {
            ended.countDown();
            return;
        }
        CompletableFuture<?>[] answers = new CompletableFuture<?>[AT_A_TIME];
        for (int i = 0; i < AT_A_TIME; i++) {
            byte[] body = new byte[i % 4 == 0 ? 50_000 : 100];
            ByteBuffer.wrap(body).putLong(asked.incrementAndGet());
            answers[i] = from.request(to, subject(lane), body, TestSwarm.LONG)
                    .thenAccept(answer -> {
                        answered.incrementAndGet();
                        look();
                    })
                    .exceptionally(failure -> {
                        faults.add(String.valueOf(failure));
                        look();
                        return null;
                    })
                    .toCompletableFuture();
        }
        var unused = CompletableFuture.allOf(answers).thenRun(() -> round(lane));
    }

    /** Waits until so many more were answered, or something went wrong. */
    void awaitMore(long count) {
        Goal next = new Goal(answered.get() + count, new CompletableFuture<>());
        goal = next;
        look();
        Await.answer(next.reached());
    }

    private record Goal(long answered, CompletableFuture<String> reached) {}

    private void look() {
        Goal now = goal;
        if (answered.get() >= now.answered() || !faults.isEmpty()) {
            now.reached().complete("");
        }
    }

    /** Stops it. What went wrong. */
    Queue<String> stop() throws InterruptedException {
        stopped = true;
        ended.await();
        return faults;
    }
}
