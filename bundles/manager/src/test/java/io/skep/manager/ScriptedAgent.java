package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.TaskStatus;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's agent as a manager sees it, over a simulated network: it asks what a test says, and remembers what it is told. */
final class ScriptedAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final Transport transport;
    private final String manager;
    private final List<SessionWire.News> told = new ArrayList<>();
    private boolean muted;
    private Supplier<@Nullable SkepException> mood = () -> null;

    /** An agent that listens. */
    ScriptedAgent(Transport transport, String manager) {
        this.transport = transport;
        this.manager = manager;
        Transport.Registration unused = transport.serve(SessionWire.NEWS, Access.MANAGERS, (peer, body) -> {
            SkepException refusal = mood.get();
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            told.add(Codec.fromBytes(body, SessionWire.News.class));
            return muted ? new CompletableFuture<>() : CompletableFuture.completedFuture(Codec.toBytes(true));
        });
    }

    /** Answers news from now on like this; null takes them. */
    void mood(Supplier<@Nullable SkepException> now) {
        mood = now;
    }

    /** Takes news without answering. */
    void mute(boolean now) {
        muted = now;
    }

    CompletableFuture<SessionWire.Opened> open(String sessionId, NodeDescription description) {
        return ask(
                SessionWire.OPEN,
                new SessionWire.Open(sessionId, description, "10.0.0.9:2377", "root"),
                SessionWire.Opened.class);
    }

    CompletableFuture<SessionWire.Beaten> beat(String sessionId) {
        return ask(SessionWire.BEAT, new SessionWire.Beat(sessionId), SessionWire.Beaten.class);
    }

    CompletableFuture<Boolean> report(String sessionId, TaskStatus... statuses) {
        return ask(SessionWire.REPORT, new SessionWire.Report(sessionId, List.of(statuses)), Boolean.class);
    }

    CompletableFuture<Boolean> describe(String sessionId, NodeDescription now) {
        return ask(SessionWire.DESCRIBE, new SessionWire.Describe(sessionId, now, "root"), Boolean.class);
    }

    CompletableFuture<Boolean> close(String sessionId, boolean leaving) {
        return ask(SessionWire.CLOSE, new SessionWire.Close(sessionId, leaving), Boolean.class);
    }

    private <A> CompletableFuture<A> ask(String subject, Object question, Class<A> type) {
        CompletionStage<A> answer = transport
                .request(manager, subject, Codec.toBytes(question), PATIENCE)
                .thenApply(bytes -> Codec.fromBytes(bytes, type));
        return answer.toCompletableFuture();
    }

    List<SessionWire.News> told() {
        return told;
    }

    List<Assignments> assignments() {
        return told.stream().map(SessionWire.News::assignments).toList();
    }

    static List<String> ids(List<Assignment> assignments) {
        return assignments.stream().map(one -> one.task().id()).toList();
    }
}
