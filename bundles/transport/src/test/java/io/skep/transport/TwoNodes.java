package io.skep.transport;

import io.skep.api.identity.LocalNode;
import io.skep.api.transport.Access;
import io.skep.model.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** The whole life of two transports that speak with each other, answer from threads that live on, and are stopped with requests under way. */
public final class TwoNodes implements BiConsumer<LocalNode, LocalNode> {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Override
    public void accept(LocalNode first, LocalNode second) {
        try (TlsTransport one = new TlsTransport(first, Pace.NORMAL, Clock.systemUTC());
                TlsTransport two = new TlsTransport(second, Pace.NORMAL, Clock.systemUTC());
                TlsIntroduction introduction = new TlsIntroduction()) {
            String address = "127.0.0.1:" + two.port();
            one.learn(second.nodeId(), address);
            two.serve("test.echo", Access.ANYONE, (peer, body) -> CompletableFuture.supplyAsync(() -> body));
            two.serve("test.silent", Access.MEMBERS, (peer, body) -> new CompletableFuture<>());

            for (int length : new int[] {0, 100, 100_000}) {
                one.request(second.nodeId(), "test.echo", new byte[length], LONG)
                        .toCompletableFuture()
                        .join();
            }
            var unused = one.request(second.nodeId(), "test.silent", new byte[0], LONG);
            one.request(first.nodeId(), "test.own", new byte[0], LONG)
                    .handle((answer, failure) -> failure)
                    .toCompletableFuture()
                    .join();
            introduction
                    .ask(address, "none", "test.echo", new byte[0], LONG)
                    .handle((answer, failure) -> failure instanceof SkepException)
                    .toCompletableFuture()
                    .join();
        }
    }
}
