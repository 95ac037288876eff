package io.skep.agent;

import io.skep.api.dispatch.SessionWire;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's session with the leader: looked for among the known managers, kept by beats, and looked for anew as soon as a beat fails. On the
 * loop. Whatever happens here, containers go on.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration AGAIN = Duration.ofMillis(250);
    /** Much longer than a leader that has just been elected takes for a thousand nodes. */
    private static final Duration FIRST_NEWS = Duration.ofSeconds(15);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private final Workplace place;
    private final Scope scope;
    private final Effects effects;
    private final Entropy entropy;
    private final Transport transport;
    private final LocalNode node;
    private final Hearsay hearsay;
    private final Asking asking;
    private final Inbox inbox;
    private final Callable<Presentation> presentation;
    private final Consumer<Optional<Session>> changed;
    private Optional<Session> session = Optional.empty();
    private Optional<String> lastGood = Optional.empty();
    private boolean describing;
    private boolean outdated;
    private boolean left;
    /** Also one that is only being opened when the agent goes. */
    private volatile Optional<Session> latest = Optional.empty();

    Sessions(
            Workplace place,
            Scope scope,
            Effects effects,
            Entropy entropy,
            Transport transport,
            LocalNode node,
            Hearsay hearsay,
            Inbox inbox,
            Callable<Presentation> presentation,
            Consumer<Optional<Session>> changed) {
        this.place = place;
        this.scope = scope;
        this.effects = effects;
        this.entropy = entropy;
        this.transport = transport;
        this.node = node;
        this.hearsay = hearsay;
        this.inbox = inbox;
        this.presentation = presentation;
        this.changed = changed;
        asking = new Asking(transport, place);
    }

    /** Looks for the leader until there is a session. */
    void open() {
        outdated = false;
        effects.run(scope, presentation)
                .whenComplete((told, failure) -> place.onLoop(() -> {
                    if (failure == null) {
                        round(told, 0, true);
                    } else {
                        LOG.warn("cannot tell the managers yet what this node has: {}", failure.getMessage());
                        place.after(AGAIN, this::open);
                    }
                }));
    }

    private void round(Presentation told, int number, boolean answered) {
        if (left) {
            return;
        }
        next(told, new Candidates(candidates(number, answered), lastGood, entropy, number));
    }

    /**
     * While this node was away all managers may have become others: when none of them answers, or none knows a leader for long, those are asked, too, of
     * whom gossip says that they manage.
     */
    private List<ManagerAddress> candidates(int round, boolean answered) {
        List<ManagerAddress> known = node.facts().managers();
        if (answered && round < Candidates.QUICK_ROUNDS) {
            return known;
        }
        Set<String> ids = known.stream().map(ManagerAddress::nodeId).collect(Collectors.toSet());
        List<ManagerAddress> all = new ArrayList<>(known);
        for (ManagerAddress named : hearsay.managers()) {
            if (!ids.contains(named.nodeId()) && learn(named)) {
                all.add(named);
            }
        }
        return all;
    }

    private boolean learn(ManagerAddress named) {
        try {
            transport.learn(named.nodeId(), named.address());
            return true;
        } catch (SkepException noAddress) {
            LOG.debug("gossip names a manager {} at a wrong address: {}", named.nodeId(), noAddress.getMessage());
            return false;
        }
    }

    private void next(Presentation told, Candidates candidates) {
        Optional<String> manager = candidates.next();
        if (manager.isEmpty()) {
            place.after(candidates.pause(entropy), () -> round(told, candidates.round() + 1, candidates.answered()));
            return;
        }
        Session wanted = new Session(entropy.newId(), manager.get(), asking);
        latest = Optional.of(wanted);
        inbox.expect(wanted.id(), wanted.manager());
        SessionWire.Open open =
                new SessionWire.Open(wanted.id(), told.description(), node.transportAddress(), told.issuer());
        asking.ask(wanted.manager(), SessionWire.OPEN, open, SessionWire.Opened.class, candidates.patience())
                .whenComplete((opened, failure) -> {
                    if (left) {
                        inbox.close();
                    } else if (opened != null && opened.accepted()) {
                        begin(wanted, new Pulse(opened.beatMillis(), scope.now()));
                    } else {
                        turnedAway(wanted.manager(), opened, failure, candidates);
                        next(told, candidates);
                    }
                });
    }

    private void turnedAway(
            String manager, SessionWire.@Nullable Opened opened, @Nullable Throwable failure, Candidates candidates) {
        inbox.close();
        if (opened != null) {
            candidates.answer();
            opened.leader().ifPresent(leader -> {
                learn(leader);
                candidates.leader(leader.nodeId());
            });
        } else if (failure != null) {
            LOG.debug("no session with manager {}: {}", manager, failure.getMessage());
        }
    }

    private void begin(Session opened, Pulse pulse) {
        LOG.info("session {} with manager {}", opened.id(), opened.manager());
        session = Optional.of(opened);
        latest = session;
        lastGood = Optional.of(opened.manager());
        changed.accept(session);
        if (outdated) {
            describe();
        }
        place.after(FIRST_NEWS, () -> assigned(opened));
        // Not at once and not all together: agents that come at the same time beat at different times.
        place.after(Duration.ofMillis(entropy.below(pulse.period().toMillis() + 1)), () -> beat(opened, pulse));
    }

    /** News come from managers alone: whoever took the session and has none does not manage, whatever it says. */
    private void assigned(Session open) {
        if (current(open) && !inbox.begun()) {
            lastGood = Optional.empty();
            over(open, new SkepException(ErrorCode.TIMED_OUT, "it says nothing of what this node is to do"));
        }
    }

    private void beat(Session open, Pulse pulse) {
        if (current(open)) {
            open.beat(pulse.patience()).whenComplete((beaten, failure) -> {
                if (failure == null) {
                    pulse.heard(beaten.beatMillis(), scope.now());
                } else if (!Session.unanswered(failure) || pulse.silent(scope.now())) {
                    over(open, failure);
                }
            });
            place.after(pulse.period(), () -> beat(open, pulse));
        }
    }

    /** The leader has not answered, or has no such session: whoever leads now is looked for. */
    private void over(Session lost, Throwable failure) {
        if (current(lost)) {
            LOG.info("session {} with manager {} is over: {}", lost.id(), lost.manager(), failure.getMessage());
            session = Optional.empty();
            inbox.close();
            changed.accept(session);
            open();
        }
    }

    private boolean current(Session one) {
        return session.equals(Optional.of(one));
    }

    /** What the leader answered to a report says, too, whether the session still is one. */
    void answered(Session asked, @Nullable Throwable failure) {
        if (failure != null && Session.over(failure)) {
            over(asked, failure);
        }
    }

    /** Tells what this node has now. One after another, so that what was seen first is not told last. */
    void describe() {
        outdated = true;
        if (describing || session.isEmpty()) {
            return;
        }
        describing = true;
        outdated = false;
        Session open = session.get();
        CompletionStage<Boolean> told = effects.run(scope, presentation).thenCompose(open::describe);
        told.whenComplete((done, failure) -> place.onLoop(() -> {
            describing = false;
            if (failure != null) {
                LOG.debug("the managers do not know yet what this node has: {}", failure.getMessage());
                outdated = true;
                answered(open, failure);
                place.after(AGAIN, this::describeIfOutdated);
            } else {
                describeIfOutdated();
            }
        }));
    }

    private void describeIfOutdated() {
        if (outdated) {
            describe();
        }
    }

    /** Says that this node leaves, and looks for no leader any more; any thread. True when the leader has heard it. */
    CompletionStage<Boolean> leave() {
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        place.onLoop(() -> {
            left = true;
            Optional<Session> last = session;
            session = Optional.empty();
            latest = Optional.empty();
            inbox.close();
            changed.accept(session);
            if (last.isEmpty()) {
                heard.complete(false);
            } else {
                last.get().leave(FAREWELL).whenComplete((done, failure) -> heard.complete(failure == null));
            }
        });
        return heard;
    }

    /** Says that this agent goes and another may come; any thread, once the scope is closed. */
    void close() {
        latest.ifPresent(last -> transport.request(
                last.manager(), SessionWire.CLOSE, Codec.toBytes(new SessionWire.Close(last.id(), false)), FAREWELL));
    }
}
