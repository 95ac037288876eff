package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.dispatch.TaskData;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Scope;
import io.skep.api.network.ServiceAddress;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The managers of a swarm as an agent sees them: they agree on what they were told, one of them leads, and a test says what they want. Messages
 * travel over a simulated network.
 */
final class Managers {
    static final long BEAT = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Scope scope;
    private final Map<String, Transport> managers = new LinkedHashMap<>();
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();
    private final Map<String, List<TaskStatus>> told = new LinkedHashMap<>();
    private final List<String> opened = new ArrayList<>();
    private Optional<SwarmFacts> facts = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<NodeDescription> description = Optional.empty();
    private Optional<String> leader = Optional.empty();
    private String issuer = "";
    private Surroundings surroundings = Surroundings.NOTHING;
    private final Map<String, TaskData> held = new LinkedHashMap<>();
    private boolean left;
    private boolean deaf;
    private boolean shy;
    private int portion = 1000;
    private int beats;
    private long period = BEAT;

    Managers(Scope scope) {
        this.scope = scope;
    }

    /** One more manager; the first leads. */
    void add(String nodeId, Transport transport) {
        managers.put(nodeId, transport);
        leader = leader.or(() -> Optional.of(nodeId));
        serve(nodeId, SessionWire.OPEN, SessionWire.Open.class, (peer, open) -> open(nodeId, peer, open));
        serve(
                nodeId,
                SessionWire.BEAT,
                SessionWire.Beat.class,
                (peer, beat) -> held(beat.sessionId(), one -> {
                    beats++;
                    return CompletableFuture.completedFuture(new SessionWire.Beaten(period));
                }));
        serve(
                nodeId,
                SessionWire.REPORT,
                SessionWire.Report.class,
                (peer, report) -> held(report.sessionId(), one -> heard(report.statuses())));
        serve(
                nodeId,
                SessionWire.DESCRIBE,
                SessionWire.Describe.class,
                (peer, now) -> held(now.sessionId(), one -> {
                    description = Optional.of(now.description());
                    issuer = now.issuer();
                    return done();
                }));
        serve(
                nodeId,
                SessionWire.CLOSE,
                SessionWire.Close.class,
                (peer, close) -> held(close.sessionId(), one -> {
                    session = Optional.empty();
                    left = close.leaving();
                    return done();
                }));
    }

    /** True once the node has said farewell. */
    boolean left() {
        return left;
    }

    /** Tells what secrets and configs hold, and which are not needed any more. */
    void data(List<TaskData> data, List<String> obsolete) {
        data.forEach(one -> held.put(one.id(), one));
        held.keySet().removeAll(obsolete);
        tell(new Assignments(false, List.of(), List.of(), Optional.empty(), data, obsolete));
    }

    private interface Asked<Q> {
        CompletionStage<?> by(Peer peer, Q question);
    }

    private <Q> void serve(String nodeId, String subject, Class<Q> type, Asked<Q> asked) {
        Objects.requireNonNull(managers.get(nodeId))
                .serve(subject, Access.MEMBERS, (peer, body) -> asked.by(peer, Codec.fromBytes(body, type))
                        .thenApply(Codec::toBytes));
    }

    private static CompletionStage<Boolean> done() {
        return CompletableFuture.completedFuture(true);
    }

    private <A> CompletionStage<A> held(String id, Function<Session, CompletionStage<A>> then) {
        return session.filter(one -> one.id.equals(id))
                .map(then)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new SkepException(ErrorCode.WRONG_STATE, "this session is over; open another")));
    }

    private CompletionStage<?> open(String nodeId, Peer peer, SessionWire.Open asked) {
        opened.add(nodeId);
        if (!leader.equals(Optional.of(nodeId))) {
            Optional<ManagerAddress> known = leader.filter(id -> !shy).map(id -> new ManagerAddress(id, id + ":2377"));
            return CompletableFuture.completedFuture(new SessionWire.Opened(false, BEAT, known));
        }
        description = Optional.of(asked.description());
        issuer = asked.issuer();
        Session begun = new Session(asked.sessionId(), peer.nodeId(), nodeId);
        session = Optional.of(begun);
        scope.execute(begun::everything);
        return CompletableFuture.completedFuture(new SessionWire.Opened(true, BEAT, Optional.empty()));
    }

    private CompletionStage<Boolean> heard(List<TaskStatus> statuses) {
        if (deaf) {
            return new CompletableFuture<>();
        }
        statuses.forEach(this::hear);
        return done();
    }

    /** Something that an earlier agent reported. */
    void heard(TaskStatus status) {
        hear(status);
    }

    private void hear(TaskStatus status) {
        List<TaskStatus> before = told.computeIfAbsent(status.taskId(), id -> new ArrayList<>());
        boolean news = before.isEmpty()
                || status.state().after(before.get(before.size() - 1).state());
        if (news && assignments.containsKey(status.taskId())) {
            before.add(status);
        }
    }

    /** Assigns a task, or changes its assignment. */
    void assign(Assignment assignment) {
        assignments.put(assignment.task().id(), assignment);
        tell(Assignments.of(List.of(assignment), List.of()));
    }

    void desire(String taskId, TaskState desired) {
        assign(Samples.desired(Objects.requireNonNull(assignments.get(taskId)), desired));
    }

    /** Forgets a task altogether. */
    void forget(String taskId) {
        assignments.remove(taskId);
        tell(Assignments.of(List.of(), List.of(taskId)));
    }

    /** Tells which services there are. */
    void tell(List<ServiceAddress> services) {
        surroundings = new Surroundings(List.of(), services);
        tell(new Assignments(false, List.of(), List.of(), Optional.of(surroundings)));
    }

    private void tell(Assignments news) {
        scope.execute(() -> session.ifPresent(one -> one.tell(news, true)));
    }

    /** Tells something of the swarm with the first news of every session from now on. */
    void facts(SwarmFacts now) {
        facts = Optional.of(now);
    }

    /** Loses the session, as a leader that is deposed does. */
    void lose() {
        session = Optional.empty();
    }

    /** Another one leads, or nobody; whoever led has lost its sessions. */
    void lead(Optional<String> nodeId) {
        session = Optional.empty();
        leader = nodeId;
    }

    /** Lets those who do not lead say nothing of who does. */
    void shy() {
        shy = true;
    }

    /** Lets a complete assignment come in pieces of so many tasks. */
    void portion(int most) {
        portion = most;
    }

    /** Lets reports go unanswered. */
    void deaf(boolean now) {
        deaf = now;
    }

    int sessions() {
        return session.isPresent() ? 1 : 0;
    }

    /** Who was asked for a session, in order. */
    List<String> opened() {
        return opened;
    }

    /** Lets agents beat as often as this. */
    void period(long millis) {
        period = millis;
    }

    int beats() {
        return beats;
    }

    String issuer() {
        return issuer;
    }

    /** Sends something of the present session out of turn, and gives what the agent answers. */
    CompletionStage<byte[]> say(long sequence, Assignments news) {
        Session one = session.orElseThrow();
        return one.post(new SessionWire.News(one.id, sequence, news, true, Optional.empty()));
    }

    long said() {
        return session.orElseThrow().sequence;
    }

    Optional<TaskStatus> latest(String taskId) {
        List<TaskStatus> all = told.getOrDefault(taskId, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The states of a task in the order in which they were heard. */
    List<TaskState> states(String taskId) {
        return told.getOrDefault(taskId, List.of()).stream()
                .map(TaskStatus::state)
                .toList();
    }

    NodeDescription description() {
        return description.orElseThrow(
                () -> new SkepException(ErrorCode.NOT_FOUND, "the node has not described itself; open a session"));
    }

    /** One session: its news go out one at a time, each repeated until it is answered. */
    private final class Session {
        private final String id;
        private final String node;
        private final String manager;
        private final Deque<SessionWire.News> outbox = new ArrayDeque<>();
        private boolean underway;
        private long sequence;

        Session(String id, String node, String manager) {
            this.id = id;
            this.node = node;
            this.manager = manager;
        }

        void everything() {
            List<Assignment> known = assignments.values().stream()
                    .map(one -> one.withLastKnown(latest(one.task().id())))
                    .toList();
            int from = 0;
            do {
                int to = Math.min(known.size(), from + portion);
                Assignments part = from == 0
                        ? new Assignments(
                                true,
                                known.subList(from, to),
                                List.of(),
                                Optional.of(surroundings),
                                List.copyOf(held.values()),
                                List.of())
                        : Assignments.of(known.subList(from, to), List.of());
                tell(part, to == known.size());
                from = to;
            } while (from < known.size());
        }

        void tell(Assignments news, boolean last) {
            outbox.add(new SessionWire.News(id, ++sequence, news, last, sequence == 1 ? facts : Optional.empty()));
            send();
        }

        private void send() {
            if (!underway && !outbox.isEmpty()) {
                underway = true;
                post(outbox.element()).whenComplete((done, failure) -> {
                    underway = false;
                    if (failure == null) {
                        outbox.remove();
                    } else if (!lostOnTheWay(failure)) {
                        outbox.clear();
                    }
                    if (session.equals(Optional.of(this))) {
                        send();
                    }
                });
            }
        }

        private static boolean lostOnTheWay(Throwable failure) {
            return failure instanceof SkepException known && known.code() == ErrorCode.TIMED_OUT;
        }

        CompletionStage<byte[]> post(SessionWire.News news) {
            return Objects.requireNonNull(managers.get(manager))
                    .request(node, SessionWire.NEWS, Codec.toBytes(news), PATIENCE);
        }
    }
}
