package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.utils.concurrent.ThreadContext;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.api.transport.Transport;
import io.skep.consensus.support.ChangeRequests;
import io.skep.consensus.support.DirectoryMark;
import io.skep.consensus.support.DiskRoom;
import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.Failures;
import io.skep.consensus.support.LeadershipBoard;
import io.skep.consensus.support.MembershipChange;
import io.skep.consensus.support.Proposal;
import io.skep.model.SkepException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open member: puts the parts together on its own thread, and answers for them until it is closed. */
final class AtomixGroup implements Group {
    private static final Logger LOG = LoggerFactory.getLogger(AtomixGroup.class);
    private static final Duration ROOM_AGAIN = Duration.ofSeconds(1);

    private final GroupConfig config;
    private final Timings timings;
    private final DiskRoom room;
    private final DirectoryMark mark;
    private final Runnable onClose;
    private final EngineThread thread;
    private final LeadershipBoard board;
    private final Mailbox mailbox;
    private final Proposer proposer;
    private final ChangeRequests requests;
    private final MachineHost host;
    private final Allegiance allegiance;
    private boolean waiting;
    private boolean ended;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Started> started = new CompletableFuture<>();

    /** What is there once the directory was read. */
    private record Started(
            RaftNode node,
            DurableLog log,
            Compactor compactor,
            MembershipClerk clerk,
            LeaderCare care,
            CommitNews news,
            RoleWatch watch) {}

    AtomixGroup(
            GroupConfig config,
            StateMachine machine,
            Transport transport,
            Timings timings,
            Function<GroupConfig, RaftStorage> storage,
            DiskRoom room,
            DirectoryMark mark,
            Runnable onClose) {
        this.config = config;
        this.timings = timings;
        this.room = room;
        this.mark = mark;
        this.onClose = onClose;
        this.thread = new EngineThread("skep-consensus-" + config.memberId());
        this.board = new LeadershipBoard(thread);
        this.mailbox = new Mailbox(transport, config.swarmId(), config.memberId(), timings);
        this.proposer = new Proposer(config.memberId(), mailbox, thread, board, timings, this::late);
        this.requests = new ChangeRequests(
                (member, change) -> mailbox.ask(Message.CHANGE, member, change.encode(), byte[].class),
                this::whom,
                thread,
                board::now);
        this.host = new MachineHost(machine, this::broken);
        this.allegiance = new Allegiance(timings.election(), System::nanoTime);
        thread.execute(() -> start(storage));
    }

    /** The leader changes the members; who is to lead must begin by itself. */
    private Optional<String> whom(MembershipChange change) {
        return change.verb() == MembershipChange.Verb.LEAD
                ? Optional.of(change.member())
                : board.now().leader();
    }

    private void start(Function<GroupConfig, RaftStorage> storage) {
        if (room.none()) {
            waitForRoom(storage);
            return;
        }
        try {
            begin(open(storage.apply(config)));
        } catch (RuntimeException | Error failure) {
            if (failure instanceof UncheckedIOException && room.scarce()) {
                waitForRoom(storage);
            } else {
                started.completeExceptionally(failure);
                broken(failure);
            }
        }
    }

    private void waitForRoom(Function<GroupConfig, RaftStorage> storage) {
        if (!waiting) {
            waiting = true;
            LOG.warn(
                    "member {} cannot be opened yet: {}",
                    config.memberId(),
                    room.refusal().getMessage());
        }
        thread.after(ROOM_AGAIN, () -> start(storage));
    }

    private Started open(RaftStorage storage) {
        MailboxProtocol protocol = new MailboxProtocol(mailbox, new Duties());
        MachineType type = new MachineType(host, new Chores());
        CarefulContext raft = new CarefulContext(config, storage, protocol, type, room, this::broken);
        RaftNode node = new RaftNode(raft, timings, board::publish);
        return new Started(
                node,
                raft.durable(),
                new Compactor(node, config.directory()),
                new MembershipClerk(raft, mailbox),
                new LeaderCare(raft),
                new CommitNews(raft, this::tell),
                new RoleWatch(node, thread, timings));
    }

    private void tell(String follower, AppendRequest heartbeat) {
        var unused = mailbox.ask(Message.HEARTBEAT, follower, heartbeat, AppendResponse.class);
    }

    private void begin(Started parts) {
        mailbox.answer(Message.CHANGE, byte[].class, bytes -> change(parts, MembershipChange.decode(bytes)));
        started.complete(parts);
        parts.watch().watch();
        mailbox.open();
        parts.node().start(config.initialMembers());
    }

    private CompletableFuture<byte[]> change(Started parts, MembershipChange change) {
        // Atomix believes in a change as soon as it asks for it, though the entry may find no room.
        return room.scarce()
                ? CompletableFuture.failedFuture(room.refusal())
                : parts.node().onRaft(() -> parts.clerk().carryOut(change));
    }

    private @Nullable Started parts() {
        return started.isCompletedExceptionally() ? null : started.getNow(null);
    }

    private final class Duties implements MailboxProtocol.Duties {
        @Override
        public CompletableFuture<AppendResponse> force(CompletableFuture<AppendResponse> appended) {
            Started parts = parts();
            return parts == null
                    ? appended
                    : appended.thenApplyAsync(
                            response -> forced(parts, response), parts.node().raftThread());
        }

        private AppendResponse forced(Started parts, AppendResponse response) {
            if (response.succeeded()) {
                parts.log().forceAppended();
            }
            return response;
        }

        @Override
        public CompletableFuture<InstallResponse> install(Supplier<CompletableFuture<InstallResponse>> installing) {
            Started parts = parts();
            return parts == null ? installing.get() : parts.compactor().apart(installing);
        }

        @Override
        public void sent(MemberId to, AppendRequest request) {
            Started parts = parts();
            if (parts == null) {
                return;
            }
            parts.news().carried(to, request);
            if (!request.entries().isEmpty()) {
                // Queued now, so before the handling of any answer, and after the sending to the other followers.
                parts.node().raftThread().execute(parts.log()::forceAppended);
            }
        }

        @Override
        public void heardLeader(long term) {
            Started parts = parts();
            if (parts != null && term >= parts.node().raft().getTerm()) {
                allegiance.heardLeader();
                parts.watch().sign();
            }
        }

        @Override
        public boolean supports(String candidate) {
            Started parts = parts();
            if (parts != null && candidate.equals(config.memberId())) {
                parts.watch().sign();
                parts.node().report();
                if (room.none()) {
                    return false; // it could not even begin to lead
                }
            }
            return allegiance.supports(candidate);
        }

        @Override
        public long term() {
            Started parts = parts();
            return parts == null ? 0 : parts.node().raft().getTerm();
        }

        @Override
        public void acknowledged() {
            Started parts = parts();
            if (parts != null) {
                ThreadContext raft = parts.node().raftThread();
                raft.execute(() -> {
                    parts.care().check();
                    parts.clerk().checkProgress();
                    raft.execute(parts.news()::check); // behind Atomix, which handles the answer first
                });
            }
        }
    }

    private final class Chores implements MachineService.Chores {
        @Override
        public void before(long index) {
            Started parts = parts();
            if (parts != null) {
                parts.log().forceBefore(index);
            }
        }

        @Override
        public void after(long index) {
            Started parts = parts();
            if (parts != null) {
                parts.compactor().applied(index);
            }
        }

        @Override
        public boolean snapshotWanted() {
            Started parts = parts();
            return parts != null && parts.compactor().writing();
        }
    }

    /** The state machine or the disk failed: this member stops, and says so to everyone who asks. */
    private void broken(Throwable cause) {
        LOG.error("consensus stops on member {}", config.memberId(), cause);
        thread.execute(() -> end(Failures.broken(cause)));
    }

    private void end(SkepException why) {
        if (!ended) {
            ended = true;
            proposer.end(why);
            mailbox.close();
            Started parts = parts();
            if (parts != null) {
                parts.node().stop();
            }
            board.settle(new Leadership(board.now().term(), Optional.empty(), false));
        }
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        if (command.length > MAX_COMMAND) {
            return CompletableFuture.failedFuture(Failures.tooLarge(command.length, MAX_COMMAND));
        }
        if (room.scarceLately()) {
            return CompletableFuture.failedFuture(room.refusal());
        }
        return propose(command.clone()).thenApply(Proposal.Reply::answer);
    }

    @Override
    public CompletionStage<Long> barrier() {
        CompletableFuture<Long> passed = propose(null).thenCompose(reply -> host.whenApplied(reply.index()));
        return closed.get() ? passed : thread.limit(passed, timings.submit().plusSeconds(1), this::late);
    }

    private SkepException late() {
        return room.scarce() ? room.late() : Failures.late(timings.submit(), board.leaderless());
    }

    private CompletableFuture<Proposal.Reply> propose(byte @Nullable [] command) {
        return closed.get()
                ? CompletableFuture.failedFuture(Failures.stopped(config.memberId()))
                : proposer.propose(command);
    }

    @Override
    public Leadership leadership() {
        return board.now();
    }

    @Override
    public void onLeadership(Consumer<Leadership> listener) {
        board.subscribe(listener);
    }

    @Override
    public List<String> members() {
        Started parts = parts();
        List<String> known = parts == null ? List.of() : parts.node().memberIds();
        return known.isEmpty() ? config.initialMembers().stream().sorted().toList() : known;
    }

    @Override
    public CompletionStage<Void> add(String memberId) {
        return change(MembershipChange.Verb.ADD, memberId, timings.catchUp());
    }

    @Override
    public CompletionStage<Void> remove(String memberId) {
        return change(MembershipChange.Verb.REMOVE, memberId, timings.submit());
    }

    @Override
    public CompletionStage<Void> transfer(String memberId) {
        if (started.isDone() && !members().contains(memberId)) {
            return CompletableFuture.failedFuture(Failures.noMember(memberId, members()));
        }
        return change(MembershipChange.Verb.LEAD, memberId, timings.submit());
    }

    private CompletionStage<Void> change(MembershipChange.Verb verb, String memberId, Duration limit) {
        return unlessClosed(() -> requests.request(new MembershipChange(verb, memberId), limit));
    }

    @Override
    public CompletionStage<Void> compact() {
        return unlessClosed(() -> started.thenCompose(parts -> parts.compactor().compact()));
    }

    private CompletionStage<Void> unlessClosed(Supplier<CompletableFuture<@Nullable Void>> work) {
        return closed.get() ? CompletableFuture.failedFuture(Failures.stopped(config.memberId())) : work.get();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        thread.execute(() -> end(Failures.stopped(config.memberId())));
        thread.close();
        mark.close();
        onClose.run();
    }
}
