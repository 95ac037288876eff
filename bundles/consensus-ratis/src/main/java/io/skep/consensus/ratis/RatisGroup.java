package io.skep.consensus.ratis;

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
import io.skep.consensus.support.MemberLine;
import io.skep.consensus.support.MembershipChange;
import io.skep.model.SkepException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open member: puts the parts together on its own thread, and answers for them until it is closed. Runs Ratis's server, and runs it
 * anew when the disk was full for a while.
 */
final class RatisGroup implements Group {
    private static final Logger LOG = LoggerFactory.getLogger(RatisGroup.class);
    private static final Duration DISK_RETRY = Duration.ofSeconds(1);

    private final GroupConfig config;
    private final Timings timings;
    private final int segmentBytes;
    private final DiskRoom room;
    private final DirectoryMark mark;
    private final Runnable onClose;
    private final EngineThread thread;
    private final LeadershipBoard board;
    private final RatisCalls calls;
    private final MemberLine line;
    private final MachineHost host;
    private final LeaderDesk desk;
    private final MembershipClerk clerk;
    private final ChangeRequests requests;
    private final Proposer proposer;
    private final ReadPoints reads;
    private final ElectionWatch watch;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable RaftNode node;
    /** True while this member takes no part because its disk is full. */
    private volatile boolean crowded;

    private boolean ended;

    RatisGroup(
            GroupConfig config,
            StateMachine machine,
            Transport transport,
            Timings timings,
            int segmentBytes,
            DirectoryMark mark,
            Runnable onClose) {
        this.config = config;
        this.timings = timings;
        this.segmentBytes = segmentBytes;
        this.room = new DiskRoom(config.directory(), segmentBytes);
        this.mark = mark;
        this.onClose = onClose;
        String id = config.memberId();
        this.thread = new EngineThread("skep-consensus-" + id);
        this.board = new LeadershipBoard(thread);
        this.calls = new RatisCalls(id);
        this.line = new MemberLine(transport, config.swarmId(), id);
        this.host = new MachineHost(machine, this::broken);
        this.desk = new LeaderDesk(id, line, calls, () -> node, timings, this::full);
        this.clerk = new MembershipClerk(line, thread, calls, () -> node, timings);
        this.requests = new ChangeRequests(this::ask, change -> board.now().leader(), thread, board::now);
        this.proposer = new Proposer(desk, thread, board, timings.submit(), this::late);
        this.reads = new ReadPoints(desk, host, thread, board, timings.submit(), this::late);
        this.watch = new ElectionWatch(thread, timings, this::silent);
        thread.execute(this::open);
    }

    private void open() {
        try {
            new Inbox(line, calls, () -> node).open();
            desk.open();
            clerk.open();
        } catch (RuntimeException failure) {
            broken(failure);
            return;
        }
        start();
    }

    private void start() {
        if (ended) {
            return;
        }
        Run run = new Run();
        try {
            RaftNode started = RaftNode.start(config, timings, segmentBytes, line, calls, host, run);
            run.node = started;
            node = started;
            crowded = false;
            watch.sign();
            report();
        } catch (IOException | RuntimeException | Error failure) {
            troubled(failure);
        }
    }

    /** One run of the server; what an earlier one still has to say is not heard. */
    private final class Run implements RaftNode.Owner {
        private @Nullable RaftNode node;

        private void whenPresent(Runnable work) {
            thread.execute(() -> {
                if (node != null && node == RatisGroup.this.node) {
                    work.run();
                }
            });
        }

        @Override
        public void roleChanged() {
            whenPresent(() -> {
                watch.sign();
                report();
            });
        }

        @Override
        public void campaigns() {
            roleChanged();
        }

        @Override
        public void logFailed(Throwable cause) {
            whenPresent(() -> troubled(cause));
        }

        @Override
        public void forceFailed(Throwable cause) {
            broken(new IllegalStateException("the disk cannot be written: " + cause.getMessage(), cause));
        }

        @Override
        public void closedByItself(boolean removed) {
            whenPresent(() -> {
                if (removed) {
                    LOG.warn("member {} was removed from its group", config.memberId());
                    stop();
                } else {
                    broken(new IllegalStateException("Ratis has closed this member's server"));
                }
            });
        }
    }

    private void report() {
        RaftNode present = node;
        if (present != null) {
            board.settle(present.leadership());
        }
    }

    /** The directory cannot be read or written. */
    private void troubled(Throwable cause) {
        stop();
        if (ended || !DiskTrouble.passes(cause, room)) {
            broken(new IllegalStateException(DiskTrouble.told(cause), cause));
            return;
        }
        if (!crowded) {
            LOG.error("consensus pauses on member {} until its disk has room", config.memberId(), cause);
        }
        crowded = true;
        thread.after(DISK_RETRY, this::resume);
    }

    private void resume() {
        if (ended) {
            return;
        }
        if (room.scarce()) {
            thread.after(DISK_RETRY, this::resume);
        } else {
            LOG.info("consensus resumes on member {}", config.memberId());
            start();
        }
    }

    private void silent() {
        RaftNode present = node;
        if (present != null && present.votes() && board.leaderless()) {
            LOG.warn("the server of member {} asks for no votes any more and is started anew", config.memberId());
            stop();
            start();
        }
    }

    private void stop() {
        RaftNode present = node;
        node = null;
        if (present != null) {
            present.stop();
        }
        board.settle(new Leadership(board.now().term(), Optional.empty(), false));
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
            reads.end(why);
            line.close();
            stop();
        }
    }

    /** True when there is no room for a command; somebody else had better lead then. */
    private boolean full() {
        boolean full = crowded || room.scarce();
        if (full && board.now().local()) {
            thread.execute(clerk::stepAside);
        }
        return full;
    }

    private SkepException late() {
        return full() ? room.late() : Failures.late(timings.submit(), board.leaderless());
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        if (command.length > MAX_COMMAND) {
            return CompletableFuture.failedFuture(Failures.tooLarge(command.length, MAX_COMMAND));
        }
        if (full()) {
            return CompletableFuture.failedFuture(room.refusal());
        }
        return unlessClosed(() -> proposer.propose(command.clone()));
    }

    @Override
    public CompletionStage<Long> barrier() {
        // What this member has proposed before belongs before the barrier, though it may not be committed yet.
        return unlessClosed(() -> reads.barrier(proposer.settled()));
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
        RaftNode present = node;
        List<String> known = present == null ? List.of() : present.memberIds();
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
        if (node != null && !members().contains(memberId)) {
            return CompletableFuture.failedFuture(Failures.noMember(memberId, members()));
        }
        return change(MembershipChange.Verb.LEAD, memberId, timings.submit());
    }

    private CompletionStage<Void> change(MembershipChange.Verb verb, String memberId, Duration limit) {
        return unlessClosed(() -> requests.request(new MembershipChange(verb, memberId), limit));
    }

    private CompletableFuture<byte[]> ask(String member, MembershipChange change) {
        Duration limit = change.verb() == MembershipChange.Verb.ADD ? timings.catchUp() : timings.submit();
        return member.equals(config.memberId())
                ? clerk.carryOut(change)
                : line.ask(member, Subject.CHANGE.wire(), change.encode(), limit);
    }

    @Override
    public CompletionStage<Void> compact() {
        return unlessClosed(() -> {
            CompletableFuture<RaftNode> present = new CompletableFuture<>();
            thread.execute(() -> {
                RaftNode running = node;
                if (running == null) {
                    present.completeExceptionally(late());
                } else {
                    present.complete(running);
                }
            });
            return present.thenCompose(running -> running.compactor().compact());
        });
    }

    private <T> CompletableFuture<T> unlessClosed(Supplier<CompletableFuture<T>> work) {
        return closed.get() ? CompletableFuture.failedFuture(Failures.stopped(config.memberId())) : work.get();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        thread.execute(() -> end(Failures.stopped(config.memberId())));
        thread.close();
        calls.close();
        mark.close();
        onClose.run();
    }
}
