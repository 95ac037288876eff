package io.skep.transport;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The figures of docs/benchmarks.md; not part of the tests. Run it with {@code mvn -pl bundles/transport test
 * -Dtest=TransportBenchmark} and read {@code target/surefire-reports/*TransportBenchmark-output.txt}.
 */
final class TransportBenchmark {
    private static final int ROUNDS = 4;

    @Test
    void requests() {
        try (TestSwarm swarm = new TestSwarm()) {
            Transport one = swarm.manager("one");
            TestSwarm.echo(swarm.manager("two"), "bench", Access.MEMBERS);
            TestSwarm.ask(one, "two", "bench", "connect");
            for (int round = 0; round < ROUNDS; round++) {
                run(one, "100 bytes, one at a time", 100, 1, 10_000);
                run(one, "100 bytes, 64 at a time", 100, 64, 60_000);
                run(one, "10 KiB, 64 at a time", 10 * 1024, 64, 20_000);
                run(one, "4 MiB, one at a time", Transport.MAX_BODY, 1, 20);
            }
        }
    }

    @Test
    void heartbeatsBesideLargeBodies() {
        try (TestSwarm swarm = new TestSwarm()) {
            Transport one = swarm.manager("one");
            TlsTransport two = swarm.manager("two");
            TestSwarm.echo(two, "bench", Access.MEMBERS);
            two.serve("large", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(new byte[1]));
            for (int round = 0; round < ROUNDS; round++) {
                AtomicBoolean over = new AtomicBoolean();
                AtomicInteger sent = new AtomicInteger();
                CompletableFuture<Integer> ended = new CompletableFuture<>();
                flood(one, over, sent, ended);
                long begin = System.nanoTime();
                run(one, "100 bytes, one at a time beside 4 MiB bodies", 100, 1, 500);
                over.set(true);
                Await.answer(ended);
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf("  meanwhile %.0f MiB/s of large bodies%n", sent.get() * 4 / seconds);
            }
        }
    }

    private static void flood(
            Transport from, AtomicBoolean over, AtomicInteger sent, CompletableFuture<Integer> ended) {
        if (over.get()) {
            ended.complete(sent.get());
        } else {
            var unused = from.request("two", "large", new byte[Transport.MAX_BODY], TestSwarm.LONG)
                    .thenRun(() -> {
                        sent.incrementAndGet();
                        flood(from, over, sent, ended);
                    });
        }
    }

    @Test
    void handshakes() {
        try (TestSwarm swarm = new TestSwarm()) {
            TestSwarm.echo(swarm.manager("one"), "bench", Access.MEMBERS);
            for (int round = 0; round < 5 * ROUNDS; round++) {
                Transport next = swarm.worker("worker" + round);
                long begin = System.nanoTime();
                TestSwarm.ask(next, "one", "bench", "connect");
                System.out.printf("connect, shake hands and ask: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
            }
        }
    }

    /** Keeps {@code atATime} requests under way until {@code count} are answered. */
    private static void run(Transport from, String what, int bytes, int atATime, int count) {
        Run run = new Run(from, new byte[bytes], new long[count]);
        long begin = System.nanoTime();
        for (int i = 0; i < atATime; i++) {
            run.next();
        }
        Await.answer(run.over);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(run.nanos);
        System.out.printf(
                "%s: %.0f/s, p50 %.0f us, p99 %.0f us, longest %.0f us%n",
                what,
                count / seconds,
                run.nanos[count / 2] / 1e3,
                run.nanos[count - 1 - count / 100] / 1e3,
                run.nanos[count - 1] / 1e3);
    }

    private static final class Run {
        private final Transport from;
        private final byte[] body;
        private final long[] nanos;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final CompletableFuture<Boolean> over = new CompletableFuture<>();

        private Run(Transport from, byte[] body, long[] nanos) {
            this.from = from;
            this.body = body;
            this.nanos = nanos;
        }

        private void next() {
            int number = begun.getAndIncrement();
            if (number >= nanos.length) {
                return;
            }
            long begin = System.nanoTime();
            var unused = from.request("two", "bench", body, TestSwarm.LONG).whenComplete((answer, failure) -> {
                nanos[number] = System.nanoTime() - begin;
                if (failure != null) {
                    over.completeExceptionally(failure);
                } else if (ended.incrementAndGet() == nanos.length) {
                    over.complete(true);
                } else {
                    next();
                }
            });
        }
    }
}
