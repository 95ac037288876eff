package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.api.identity.LocalManager;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The consensus engines that run on this node, and the epoch that its member is in. Thread-safe. */
final class Engines {
    private final LocalManager manager;
    private final Others others;
    private final EpochFiles files;
    private final Map<String, Consensus> running = new ConcurrentSkipListMap<>();
    private final Set<Epoch> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<Epoch> epoch = Optional.empty();

    Engines(LocalManager manager, Others others) {
        this.manager = manager;
        this.others = others;
        files = new EpochFiles(manager.directory());
    }

    /**
     * Reads which epoch it is; empty for one that joined and was not told yet. Blocking.
     *
     * @param usual the engine of a swarm that is founded here
     */
    Optional<Epoch> read(String swarmId, String usual) {
        List<String> founders = manager.foundingMembers();
        epoch = files.read()
                .or(() -> files.firstEngine().map(engine -> new Epoch(1, engine, swarmId, founders)))
                .or(() -> founders.isEmpty() ? Optional.empty() : Optional.of(new Epoch(1, usual, swarmId, founders)));
        return epoch;
    }

    Others others() {
        return others;
    }

    Optional<Epoch> epoch() {
        return epoch;
    }

    /** From now on, and after a restart too, this member is in that epoch. Blocking; durable when it returns. */
    void enter(Epoch next) {
        files.write(next);
        epoch = Optional.of(next);
    }

    /** Deletes what is left of epochs that are over and whose groups are closed. Blocking. */
    void sweep() {
        epoch.ifPresent(present -> files.sweep(present, open));
    }

    void add(String engine, Consensus consensus) {
        running.put(engine, consensus);
    }

    void remove(String engine, Consensus consensus) {
        running.remove(engine, consensus);
    }

    Optional<Consensus> find(String engine) {
        return Optional.ofNullable(running.get(engine));
    }

    /** The engines' names, sorted. */
    List<String> names() {
        return List.copyOf(running.keySet());
    }

    Consensus get(String engine) {
        return find(engine)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.PART_MISSING,
                        "the consensus engine " + engine + " does not run on this node; install it with feature:install"
                                + " skep-consensus-" + engine + ", or start its bundle io.skep.consensus-" + engine));
    }

    /** True when a group of that engine was opened and may be open yet. */
    boolean inUse(String engine) {
        return open.stream().anyMatch(epoch -> epoch.engine().equals(engine));
    }

    /** The group of that epoch was closed. */
    void closed(Epoch of) {
        open.remove(of);
    }

    /**
     * Opens this member's group of an epoch. That of a later epoch which was entered has a directory: without it the member would vote without a
     * memory of what it promised there. For the first epoch the identity sees to it.
     */
    Group open(Epoch of, StateMachine machine) {
        if (of.number() > 1 && epoch.equals(Optional.of(of)) && !opened(of)) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the log of this manager in epoch " + of.number() + ", " + files.directory(of)
                            + ", is lost; leave the swarm with swarm:leave --force, remove this node on another manager with"
                            + " swarm:node-rm --force, and join again");
        }
        boolean another = open.add(of);
        try {
            return get(of.engine()).open(config(of), machine);
        } catch (RuntimeException failure) {
            if (another) {
                open.remove(of);
            }
            throw failure;
        }
    }

    /** See {@link Consensus#salvage}. */
    void salvage(Epoch of, StateMachine machine) {
        get(of.engine()).salvage(config(of), machine);
    }

    /** True when this member has begun something in that epoch. */
    boolean opened(Epoch of) {
        return files.directory(of).toFile().isDirectory();
    }

    private GroupConfig config(Epoch of) {
        String member = manager.memberId();
        List<String> founders = of.founders().contains(member) ? of.founders() : List.of();
        return new GroupConfig(of.groupId(), member, files.directory(of), founders);
    }
}
