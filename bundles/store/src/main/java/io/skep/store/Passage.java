package io.skep.store;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the store from one epoch into the next: opens the next group, lets its leader write the state of the old one into it, and when that has come here
 * notes the epoch on disk and goes on in it. Until then the old group's files can tell everything again, so that a kill at any moment costs nothing. Fields
 * belong to the loop.
 */
final class Passage {
    /** How the passage works: the loop, the threads that may block, ids. */
    record Means(Scope scope, Effects effects, Entropy entropy) {}

    /** Who follows the state and the leaders from one epoch to the next. */
    record Followers(Watchers watchers, Terms terms) {}

    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** So long a request waits for the next epoch. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** So long the old group brings the last of its commands to others; whoever needs longer asks. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Means means;
    private final Scope scope;
    private final Followers followers;
    private final Engines engines;
    private final LogKey key;
    private final CommandSeal seal;
    private final Importer importer;
    private final String memberId;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile Line present;
    private Optional<Epoch> goal = Optional.empty();
    private Optional<State> base = Optional.empty();
    private Optional<Line> next = Optional.empty();
    private boolean importing;
    private boolean entering;

    /** Opens the group of the present epoch. */
    Passage(
            Means means,
            Followers followers,
            Engines engines,
            Epoch first,
            LogKey key,
            CommandSeal seal,
            String memberId) {
        this.memberId = memberId;
        this.means = means;
        this.scope = means.scope();
        this.followers = followers;
        this.engines = engines;
        this.key = key;
        this.seal = seal;
        importer = new Importer(seal);
        present = open(first);
        followers.terms().follow(present.group(), first);
        // Its log may have told before anybody knew of the group.
        post(() -> present.replica().state().moved().ifPresent(to -> leave(first, to)));
        effect(() -> {
            engines.sweep();
            return true;
        });
    }

    /** The line of the epoch that the store is in; any thread. */
    Line present() {
        return present;
    }

    /** The line of the epoch after that one, when the store is in it; any thread. */
    CompletionStage<Line> after(Line line) {
        CompletableFuture<Line> waiting = line.successor().copy();
        var timer = scope.after(PATIENCE, () -> waiting.completeExceptionally(late()));
        return waiting.whenComplete((successor, failure) -> timer.cancel());
    }

    private SkepException late() {
        return new SkepException(
                ErrorCode.TIMED_OUT,
                "the swarm is moving to another consensus engine and has not arrived within " + PATIENCE.toSeconds()
                        + " s; see that it runs on a majority of the managers, and repeat under the same request id");
    }

    /** Closes everything; the scope is closed already. */
    void stop() {
        List.copyOf(open).forEach(this::close);
        SkepException stopped = new SkepException(
                ErrorCode.PART_MISSING,
                "the store was stopped; repeat the request under the same request id when it runs again");
        present.successor().completeExceptionally(stopped);
    }

    private Line open(Epoch epoch) {
        Replica replica = new Replica(key, seal, State.first(epoch.number()), new Events(epoch));
        Line line = new Line(epoch, replica, engines.open(epoch, replica));
        open.add(line);
        if (scope.closed()) {
            close(line);
        }
        return line;
    }

    /** Blocks. */
    private void close(Line line) {
        open.remove(line);
        line.close();
        engines.closed(line.epoch());
    }

    /** What replicas tell on their engines' threads. */
    private final class Events implements Replica.Events {
        private final Epoch epoch;

        Events(Epoch epoch) {
            this.epoch = epoch;
        }

        @Override
        public void applied(List<Applied> news) {
            Line now = present;
            if (now == null || now.epoch().equals(epoch)) { // the first one applies before it is known
                followers.watchers().report(news);
            }
        }

        @Override
        public void begun() {
            post(() -> next.filter(line -> line.epoch().equals(epoch)).ifPresent(Passage.this::enter));
        }

        @Override
        public void moved(Epoch to) {
            post(() -> leave(epoch, to));
        }
    }

    private void post(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }

    private <T> void effect(Supplier<T> work) {
        effect(work, done -> {}, failure -> LOG.warn("cannot tidy up after an epoch yet: {}", failure.getMessage()));
    }

    private <T> void effect(Supplier<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        means.effects().run(scope, work::get).whenComplete((done, failure) -> {
            if (scope.closed()) {
                return;
            }
            if (failure == null) {
                then.accept(done);
            } else {
                otherwise.accept(failure);
            }
        });
    }

    /** The old group was handed over, and its state is the beginning of the next. */
    private void leave(Epoch from, Epoch to) {
        Line now = present;
        if (now != null && now.epoch().equals(from) && goal.isEmpty()) {
            LOG.info(
                    "the swarm moves from epoch {} to epoch {} with engine {}",
                    from.number(),
                    to.number(),
                    to.engine());
            base = Optional.of(now.replica().state());
            goal = Optional.of(to);
            enterGroup(to, List.of());
        }
    }

    /** Others are in a later epoch: what this member has of its own has come to an end. */
    void follow(Epoch to) {
        boolean ahead = to.number() > present.epoch().number()
                && goal.filter(known -> known.number() >= to.number()).isEmpty();
        if (ahead && engines.find(to.engine()).isEmpty()) {
            LOG.error(
                    "the other managers are in epoch {} with engine {}, which does not run on this node; install it with"
                            + " feature:install skep-consensus-{}",
                    to.number(),
                    to.engine(),
                    to.engine());
        } else if (ahead) {
            LOG.info("the other managers are in epoch {} with engine {}; following", to.number(), to.engine());
            begin(to, Optional.empty());
        }
    }

    /** See {@link io.skep.api.store.Quorum#recover}. */
    CompletionStage<Epoch> recover(Function<Snapshot, List<Change>> plan) {
        CompletableFuture<Epoch> recovered = new CompletableFuture<>();
        scope.execute(() -> {
            if (followers.terms().known().leader().isPresent()) {
                recovered.completeExceptionally(new SkepException(
                        ErrorCode.WRONG_STATE,
                        "the managers have a leader, so nothing is to be recovered; remove lost managers with swarm:node-rm"
                                + " --force, or wait some seconds if a majority was lost just now"));
            } else {
                recover(plan, recovered);
            }
        });
        return recovered;
    }

    private void recover(Function<Snapshot, List<Change>> plan, CompletableFuture<Epoch> recovered) {
        Line lost = present;
        // While its number is not known it is beyond all others, so that nobody is followed meanwhile.
        Epoch alone = new Epoch(Long.MAX_VALUE, "", means.entropy().newId(), List.of(memberId));
        goal = Optional.of(alone);
        next = Optional.empty();
        var unused = lost.successor().whenComplete((line, failure) -> {
            if (failure == null) {
                recovered.complete(line.epoch());
            } else {
                recovered.completeExceptionally(failure);
            }
        });
        effect(
                () -> {
                    open.forEach(this::close);
                    return Recovery.of(engines, key, seal, lost.epoch(), alone, plan);
                },
                found -> begin(found.next(), Optional.of(found.state())),
                failure -> {
                    recovered.completeExceptionally(failure);
                    reopen(lost);
                });
    }

    /** Goes back to where it was before an attempt to recover. */
    private void reopen(Line before) {
        effect(
                () -> open(before.epoch()),
                line -> {
                    goal = Optional.empty();
                    present = line;
                    followers.terms().follow(line.group(), line.epoch());
                    before.successor().complete(line);
                },
                failure -> {
                    LOG.error(
                            "cannot open the group of epoch {} again yet: {}",
                            before.epoch().number(),
                            failure.getMessage());
                    scope.after(AGAIN, () -> reopen(before));
                });
    }

    /** Gives up all groups and begins that epoch, with a state that is brought into it or without. */
    void begin(Epoch to, Optional<State> brought) {
        goal = Optional.of(to);
        base = brought;
        next = Optional.empty();
        enterGroup(to, List.copyOf(open));
    }

    /** Closes groups and opens that of an epoch; again until it succeeds. */
    private void enterGroup(Epoch to, List<Line> over) {
        effect(
                () -> {
                    over.forEach(this::close);
                    // An engine has one group open at a time: what lingers of an earlier epoch makes room.
                    open.stream()
                            .filter(line -> line.epoch().engine().equals(to.engine()))
                            .forEach(this::close);
                    return open(to);
                },
                this::opened,
                failure -> {
                    LOG.error("cannot open the group of epoch {} yet: {}", to.number(), failure.getMessage());
                    scope.after(AGAIN, () -> {
                        if (goal.equals(Optional.of(to))) {
                            enterGroup(to, List.of());
                        }
                    });
                });
    }

    private void opened(Line line) {
        if (!goal.equals(Optional.of(line.epoch()))) {
            effect(() -> {
                close(line);
                return true;
            });
            return;
        }
        next = Optional.of(line);
        line.group().onLeadership(leadership -> {
            if (leadership.local()) {
                post(() -> bring(line));
            }
        });
        if (line.replica().begun()) {
            enter(line);
        }
    }

    /** Writes the state into the new group, which this member leads. */
    private void bring(Line line) {
        if (!next.equals(Optional.of(line)) || line.replica().begun() || importing || base.isEmpty()) {
            return;
        }
        importing = true;
        State state = base.get();
        String name = means.entropy().newId();
        effect(
                () -> importer.commands(line.epoch().number(), state, name),
                commands -> importer.send(line.group(), commands)
                        .whenComplete((done, failure) -> post(() -> brought(line, failure))),
                failure -> brought(line, failure));
    }

    private void brought(Line line, @Nullable Throwable failure) {
        importing = false;
        if (failure != null) {
            LOG.warn("the state is not in epoch {} yet: {}", line.epoch().number(), failure.getMessage());
        }
        if (!line.replica().begun()) {
            scope.after(AGAIN, () -> {
                if (line.group().leadership().local()) {
                    bring(line);
                }
            });
        }
    }

    private void enter(Line line) {
        if (entering || !next.equals(Optional.of(line))) {
            return;
        }
        entering = true;
        effect(
                () -> {
                    engines.enter(line.epoch());
                    return line;
                },
                this::entered,
                failure -> {
                    entering = false;
                    LOG.error("cannot enter epoch {} yet: {}", line.epoch().number(), failure.getMessage());
                    scope.after(AGAIN, () -> enter(line));
                });
    }

    private void entered(Line line) {
        entering = false;
        if (!next.equals(Optional.of(line))) {
            return;
        }
        Line old = present;
        present = line;
        next = Optional.empty();
        base = Optional.empty();
        goal = Optional.empty();
        followers.terms().follow(line.group(), line.epoch());
        followers.watchers().report(List.of(new Applied(line.replica().snapshot(), List.of())));
        old.successor().complete(line);
        old.replica().close(); // whoever waits for it asks the successor
        LOG.info(
                "in epoch {} with engine {}",
                line.epoch().number(),
                line.epoch().engine());
        scope.after(
                LINGER,
                () -> effect(() -> {
                    close(old);
                    engines.sweep();
                    return true;
                }));
        line.replica().state().moved().ifPresent(to -> leave(line.epoch(), to));
    }
}
