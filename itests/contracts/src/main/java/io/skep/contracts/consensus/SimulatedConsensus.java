package io.skep.contracts.consensus;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A consensus of all members in one process, without threads, clocks or disks: a command is applied by every member that
 * is connected before {@link Group#submit} returns. What the swarm agreed on outlives closed groups, as long as this object lives.
 * Drive it from one thread at a time; the same calls give the same order on every run.
 */
public final class SimulatedConsensus implements Consensus {
    private final Map<String, SimulatedLog> swarms = new HashMap<>();
    private final Map<String, GroupConfig> directories = new HashMap<>();

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        GroupConfig owner = directories.putIfAbsent(config.directory().toString(), config);
        if (owner != null && !sameMember(owner, config)) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the directory " + config.directory() + " belongs to member " + owner.memberId() + " of swarm "
                            + owner.swarmId() + ", not to " + config.memberId() + " of " + config.swarmId());
        }
        return swarms.computeIfAbsent(config.swarmId(), id -> new SimulatedLog())
                .join(config, machine);
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        SimulatedLog log = swarms.get(config.swarmId());
        if (log != null) {
            if (log.open.containsKey(config.memberId())) {
                throw new SkepException(
                        ErrorCode.IN_USE, "the group of " + config.memberId() + " is open; close it before");
            }
            SimulatedGroup reader = new SimulatedGroup(log, config.memberId(), machine);
            reader.applyUpTo(log.reached.getOrDefault(config.memberId(), 0));
        }
    }

    private static boolean sameMember(GroupConfig one, GroupConfig other) {
        return one.swarmId().equals(other.swarmId()) && one.memberId().equals(other.memberId());
    }

    /** Takes a member off the network. */
    public void cut(String memberId) {
        swarms.values().forEach(log -> log.cut(memberId));
    }

    /** Reconnects every member. */
    public void heal() {
        swarms.values().forEach(SimulatedLog::heal);
    }

    /** What one swarm agreed on, and who of it is connected. */
    static final class SimulatedLog {
        private final List<byte[]> commands = new ArrayList<>();
        private final Set<String> voters = new TreeSet<>();
        private final Set<String> cut = new HashSet<>();
        private final Map<String, SimulatedGroup> open = new TreeMap<>();
        private final Map<String, Integer> reached = new TreeMap<>();
        private final Map<String, CompletableFuture<@Nullable Void>> awaited = new TreeMap<>();
        private byte @Nullable [] snapshot;
        private int snapshotIndex;
        private @Nullable String leader;
        private long term;

        SimulatedGroup join(GroupConfig config, StateMachine machine) {
            if (voters.isEmpty()) {
                voters.addAll(config.initialMembers());
            }
            SimulatedGroup group = new SimulatedGroup(this, config.memberId(), machine);
            open.put(config.memberId(), group);
            admit(config.memberId());
            settle();
            return group;
        }

        void leave(String memberId, int applied) {
            reached.put(memberId, applied);
            open.remove(memberId);
            settle();
        }

        void cut(String memberId) {
            cut.add(memberId);
            settle();
        }

        void heal() {
            cut.clear();
            settle();
        }

        /** Appends a command and lets everyone who is connected apply it; the answer is the leader's. */
        byte[] commit(String from, byte[] command) {
            checkLeader(from);
            commands.add(command.clone());
            byte[] answer = new byte[0];
            for (SimulatedGroup group : connected()) {
                byte[] own = group.applyUpTo(lastIndex());
                if (group.memberId().equals(leader)) {
                    answer = own;
                }
            }
            return answer;
        }

        /** Gives a member a vote, as soon as it is there. */
        CompletableFuture<@Nullable Void> add(String from, String memberId) {
            checkLeader(from);
            CompletableFuture<@Nullable Void> added =
                    awaited.computeIfAbsent(memberId, id -> new CompletableFuture<>());
            if (open.containsKey(memberId)) {
                admit(memberId);
                settle();
            }
            return added;
        }

        private void admit(String memberId) {
            CompletableFuture<@Nullable Void> added = awaited.remove(memberId);
            if (added != null) {
                voters.add(memberId);
                added.complete(null);
            }
        }

        void remove(String from, String memberId) {
            checkLeader(from);
            voters.remove(memberId);
            CompletableFuture<@Nullable Void> added = awaited.remove(memberId);
            if (added != null) {
                added.completeExceptionally(
                        new SkepException(ErrorCode.WRONG_STATE, memberId + " was removed while it was being added"));
            }
            settle();
        }

        void transfer(String from, String memberId) {
            checkLeader(from);
            if (connected().stream().noneMatch(group -> group.memberId().equals(memberId))) {
                throw new SkepException(
                        ErrorCode.NO_LEADER, "member " + memberId + " is not connected and cannot lead");
            }
            if (!memberId.equals(leader)) {
                lead(memberId);
            }
        }

        void compactAt(int index, byte[] state) {
            snapshot = state.clone();
            snapshotIndex = index;
        }

        /** Elects a leader if the present one is gone, and brings everyone who is connected up to date. */
        private void settle() {
            List<SimulatedGroup> connected = connected();
            boolean quorum = connected.size() * 2 > voters.size();
            boolean leads =
                    connected.stream().anyMatch(group -> group.memberId().equals(leader));
            if (!quorum) {
                leader = null;
            } else {
                connected.forEach(group -> group.applyUpTo(lastIndex()));
                if (!leads) {
                    lead(connected.get(0).memberId());
                }
            }
            report();
        }

        private void lead(String memberId) {
            leader = memberId;
            term++;
            report();
        }

        private void report() {
            List.copyOf(open.values()).forEach(SimulatedGroup::report);
        }

        private List<SimulatedGroup> connected() {
            return open.values().stream()
                    .filter(group -> voters.contains(group.memberId()) && !cut.contains(group.memberId()))
                    .toList();
        }

        Optional<String> leaderSeenBy(String memberId) {
            return cut.contains(memberId) || !voters.contains(memberId)
                    ? Optional.empty()
                    : Optional.ofNullable(leader);
        }

        private void checkLeader(String memberId) {
            if (leaderSeenBy(memberId).isEmpty()) {
                throw new SkepException(
                        ErrorCode.NO_LEADER,
                        "member " + memberId + " sees no leader; bring back a majority of the managers and try again");
            }
        }

        boolean voter(String memberId) {
            return voters.contains(memberId);
        }

        List<String> voters() {
            return List.copyOf(voters);
        }

        long term() {
            return term;
        }

        int lastIndex() {
            return commands.size();
        }

        byte[] command(int index) {
            return commands.get(index - 1).clone();
        }

        int snapshotIndex() {
            return snapshotIndex;
        }

        byte @Nullable [] snapshot() {
            return snapshot;
        }
    }
}
