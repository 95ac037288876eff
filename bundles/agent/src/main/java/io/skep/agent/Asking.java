package io.skep.agent;

import io.skep.api.transport.Transport;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks managers in the messages of {@link io.skep.api.dispatch.SessionWire}; answers come on the loop, and none once the agent has gone. */
final class Asking {
    private final Transport transport;
    private final Workplace place;

    Asking(Transport transport, Workplace place) {
        this.transport = transport;
        this.place = place;
    }

    <A> CompletionStage<A> ask(String manager, String subject, Object question, Class<A> type, Duration timeout) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        transport
                .request(manager, subject, Codec.toBytes(question), timeout)
                .thenApply(bytes -> Codec.fromBytes(bytes, type))
                .whenComplete((decoded, failure) -> place.onLoop(() -> {
                    if (failure == null) {
                        answer.complete(decoded);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }
}
