package io.skep.agent;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.Dispatcher;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.model.NodeDescription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's session with the managers: opened anew whenever it ends, and told what this node has whenever that changes. On the loop. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Workplace place;
    private final Scope scope;
    private final Effects effects;
    private final Dispatcher dispatcher;
    private final String nodeId;
    private final Callable<NodeDescription> description;
    private final Consumer<Assignments> work;
    private final Consumer<Optional<AgentSession>> changed;
    private Optional<AgentSession> session = Optional.empty();
    private boolean describing;
    private boolean outdated;
    /** Also one that was opened when the agent had gone already. */
    private volatile Optional<AgentSession> latest = Optional.empty();

    Sessions(
            Workplace place,
            Scope scope,
            Effects effects,
            Dispatcher dispatcher,
            String nodeId,
            Callable<NodeDescription> description,
            Consumer<Assignments> work,
            Consumer<Optional<AgentSession>> changed) {
        this.place = place;
        this.scope = scope;
        this.effects = effects;
        this.dispatcher = dispatcher;
        this.nodeId = nodeId;
        this.description = description;
        this.work = work;
        this.changed = changed;
    }

    void open() {
        effects.run(scope, description)
                .thenCompose(told -> dispatcher.open(nodeId, told, this::assigned))
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        keep(opened);
                    }
                    place.onLoop(() -> {
                        if (failure == null) {
                            begin(opened);
                        } else {
                            LOG.debug("no session with a manager yet: {}", failure.getMessage());
                            place.after(AGAIN, this::open);
                        }
                    });
                });
    }

    /** The managers' loop must not feel what goes wrong here, nor that there is nobody any more. */
    private void assigned(Assignments assignments) {
        place.onLoop(() -> work.accept(assignments));
    }

    private void keep(AgentSession opened) {
        latest = Optional.of(opened);
        if (scope.closed()) {
            opened.close();
        }
    }

    /** Ends the session; any thread, once the scope is closed. */
    void close() {
        latest.ifPresent(AgentSession::close);
    }

    private void begin(AgentSession opened) {
        session = Optional.of(opened);
        changed.accept(session);
        describe();
        opened.ended()
                .whenComplete((done, failure) -> place.onLoop(() -> {
                    session = Optional.empty();
                    changed.accept(session);
                    open();
                }));
    }

    /** One after another, so that what was seen first is not told last. */
    void describe() {
        outdated = true;
        if (describing || session.isEmpty()) {
            return;
        }
        describing = true;
        outdated = false;
        AgentSession open = session.get();
        effects.run(scope, description)
                .thenCompose(open::describe)
                .whenComplete((done, failure) -> place.onLoop(() -> {
                    describing = false;
                    if (failure != null) {
                        LOG.debug("the managers do not know yet what this node has: {}", failure.getMessage());
                        place.after(AGAIN, this::describe);
                    } else if (outdated) {
                        describe();
                    }
                }));
    }
}
