package io.skep.manager;

import io.skep.api.control.TaskLogs;
import io.skep.api.dispatch.LogWire;
import io.skep.api.kernel.Entropy;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.store.Store;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.codec.Codec;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Asks the node of a task for what it printed, as fast as the reader takes it ({@link LogWire}); its own node like any other. */
@Component(service = TaskLogs.class)
public final class PulledLogs implements TaskLogs {
    /** A node answers within some seconds even when there is nothing; one without power is found out by the transport. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Store store;
    private final Transport transport;
    private final Entropy entropy;
    /** What waits for an answer. */
    private final Map<LogWire.Read, CompletableFuture<byte[]>> open = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    @Activate
    public PulledLogs(@Reference Store store, @Reference Transport transport, @Reference Entropy entropy) {
        this.store = store;
        this.transport = transport;
        this.entropy = entropy;
    }

    @Deactivate
    void stop() {
        stopped = true;
        List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(gone()));
    }

    @Override
    public void logs(Task task, LogQuery query, LogSink sink) {
        if (task.nodeId().isEmpty()) {
            return;
        }
        checkThatItAnswers(task.nodeId());
        String id = entropy.newId();
        boolean end = false;
        try {
            boolean wanted = true;
            for (long number = 0; wanted && !end; number++) {
                LogWire.Lines lines = ask(task.nodeId(), new LogWire.Read(id, number, task.id(), query));
                end = lines.end();
                wanted = lines.lines().stream().allMatch(sink::accept);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!end) {
                close(task.nodeId(), id);
            }
        }
    }

    /** Of a node that is known to be down nobody needs to wait for an answer. */
    private void checkThatItAnswers(String nodeId) {
        NodeStatus status = store.snapshot()
                .find(Table.NODES, nodeId)
                .map(Node::status)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.PART_MISSING, "the node has left the swarm, and what it kept went with it"));
        if (status.state() == NodeStatus.State.DOWN || status.state() == NodeStatus.State.DISCONNECTED) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    "the node is " + status.state().name().toLowerCase(Locale.ROOT)
                            + "; repeat the command when it is ready");
        }
        if (!status.addr().isEmpty()) {
            transport.learn(nodeId, status.addr());
        }
    }

    private LogWire.Lines ask(String nodeId, LogWire.Read question) throws InterruptedException {
        CompletableFuture<byte[]> answer = request(nodeId, LogWire.READ, question);
        open.put(question, answer);
        try {
            if (stopped) {
                throw gone();
            }
            return Codec.fromBytes(answer.get(), LogWire.Lines.class);
        } catch (ExecutionException e) {
            throw explained(e.getCause() == null ? e : Requests.cause(e.getCause()));
        } finally {
            open.remove(question);
        }
    }

    /** Nobody waits for the answer: a node that does not hear it finds out by itself. */
    private void close(String nodeId, String id) {
        CompletionStage<byte[]> unused = request(nodeId, LogWire.CLOSE, new LogWire.Close(id));
    }

    private CompletableFuture<byte[]> request(String nodeId, String subject, Object question) {
        return transport
                .request(nodeId, subject, Codec.toBytes(question), PATIENCE)
                .toCompletableFuture()
                .copy();
    }

    /** A node whose agent does not run serves no such subject; a task without a container is no failure. */
    private static SkepException explained(Throwable failure) {
        if (!(failure instanceof SkepException known)) {
            return new SkepException(ErrorCode.FAILED, "asking the node failed: " + failure, failure);
        }
        return known.code() == ErrorCode.NOT_FOUND
                ? new SkepException(
                        ErrorCode.PART_MISSING,
                        "the agent of the node is not running; start it there with bundle:start io.skep.agent",
                        known)
                : known;
    }

    private static SkepException gone() {
        return new SkepException(ErrorCode.PART_MISSING, "reading logs was given up on this node; repeat the command");
    }
}
