package io.skep.agent.logs;

import io.skep.agent.Questions;
import io.skep.api.dispatch.LogWire;
import io.skep.api.dispatch.NodeTasks;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Lets managers read what this node's tasks printed ({@link LogWire}). */
@Component(
        service = {},
        immediate = true)
public final class LogServer {
    /** Each takes a thread, and up to 256 KB while nobody takes what it has read. */
    static final int READINGS = 100;

    private final LocalNode node;
    private final NodeTasks tasks;
    private final Scope scope;
    private final Questions questions;
    /** By manager and reading, until their threads have ended. Changed on the loop, and by {@link #stop}. */
    private final Map<Key, Reading> readings = new ConcurrentHashMap<>();

    private final List<Transport.Registration> subjects;

    private record Key(String manager, String readingId) {}

    @Activate
    public LogServer(
            @Reference LocalNode node,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference NodeTasks tasks) {
        this.node = node;
        this.tasks = tasks;
        scope = loop.open("logs");
        questions = new Questions(node, scope);
        subjects = List.of(
                transport.serve(LogWire.READ, Access.MANAGERS, questions.onLoop(LogWire.Read.class, this::read)),
                transport.serve(LogWire.CLOSE, Access.MANAGERS, questions.onLoop(LogWire.Close.class, this::close)));
    }

    @Deactivate
    void stop() {
        subjects.forEach(Transport.Registration::close);
        scope.close();
        readings.values().forEach(Reading::abandon);
        readings.clear();
        questions.end("the agent of node " + node.nodeId() + " has stopped; repeat the command when it runs again");
    }

    private void read(Peer peer, LogWire.Read asked, CompletableFuture<byte[]> answer) {
        Key key = new Key(peer.nodeId(), asked.readingId());
        Reading reading = readings.get(key);
        if (reading == null && asked.number() > 0) {
            answer.completeExceptionally(Reading.givenUp());
        } else if (reading == null && readings.size() >= READINGS) {
            answer.completeExceptionally(new SkepException(
                    ErrorCode.EXHAUSTED,
                    "the logs of " + READINGS + " tasks are being read on node " + node.nodeId()
                            + " already; end some service-logs -f, or name one task"));
        } else {
            readings.computeIfAbsent(key, begun -> new Reading(scope, tasks, asked, () -> readings.remove(key)))
                    .ask(asked.number(), answer);
        }
    }

    private void close(Peer peer, LogWire.Close asked, CompletableFuture<byte[]> answer) {
        Reading reading = readings.get(new Key(peer.nodeId(), asked.readingId()));
        if (reading != null) {
            reading.close();
        }
        answer.complete(Codec.toBytes(true));
    }
}
