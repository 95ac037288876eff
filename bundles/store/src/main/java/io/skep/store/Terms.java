package io.skep.store;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Epoch;
import io.skep.api.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells who leads, on the loop. A new leader's term is written into the log before anybody here hears of it, so that whoever leads sees
 * everything that its predecessors did, and they can do nothing more.
 */
final class Terms {
    private static final Duration AGAIN = Duration.ofMillis(200);
    /** No engine has as many elections in an epoch. */
    private static final int TERM_BITS = 40;

    private final Scope scope;
    private final CommandSeal seal;
    private final List<Watcher> watchers = new ArrayList<>();
    private volatile Leadership known = new Leadership(0, Optional.empty(), false);
    private Leadership latest = known;
    private @Nullable Group followed;

    Terms(Scope scope, CommandSeal seal) {
        this.scope = scope;
        this.seal = seal;
    }

    /** From now on the leaders of this group count. Those of later epochs come after all of earlier ones. */
    void follow(Group group, Epoch epoch) {
        long before = (epoch.number() - 1) << TERM_BITS;
        scope.execute(() -> {
            followed = group;
            latest = new Leadership(before, Optional.empty(), false);
            if (known.leader().isPresent()) {
                publish(latest);
            }
        });
        group.onLeadership(leadership -> {
            if (!scope.closed()) {
                Leadership known = new Leadership(before + leadership.term(), leadership.leader(), leadership.local());
                scope.execute(() -> changed(group, known));
            }
        });
    }

    Leadership known() {
        return known;
    }

    Store.Watch watch(Scope owner, Consumer<Leadership> watcher) {
        Watcher added = new Watcher(owner, watcher);
        scope.execute(() -> {
            // Leaders change rarely: whoever has gone in the meantime would be held, with all its classes, until then.
            watchers.removeIf(Watcher::gone);
            watchers.add(added);
            added.tell(known);
        });
        return () -> {
            if (!scope.closed()) {
                scope.execute(() -> watchers.remove(added));
            }
        };
    }

    /** How many follow; on the loop. */
    int watchers() {
        return watchers.size();
    }

    private void changed(Group group, Leadership leadership) {
        if (group != followed) {
            return;
        }
        latest = leadership;
        if (leadership.local()) {
            begin(group, leadership);
        } else {
            publish(leadership);
        }
    }

    private void begin(Group group, Leadership leadership) {
        if (leadership.equals(latest)) {
            byte[] command = seal.seal(new Command.BeginTerm(leadership.term()).bytes());
            group.submit(command).whenComplete((reply, failure) -> {
                if (!scope.closed()) {
                    scope.execute(() -> begun(group, leadership, failure == null));
                }
            });
        }
    }

    private void begun(Group group, Leadership leadership, boolean written) {
        if (!written) {
            scope.after(AGAIN, () -> begin(group, leadership));
        } else if (leadership.equals(latest)) {
            publish(leadership);
        }
    }

    private void publish(Leadership leadership) {
        known = leadership;
        watchers.removeIf(Watcher::gone);
        List.copyOf(watchers).forEach(watcher -> watcher.tell(leadership));
    }

    /** One follower and the scope in which it is told. */
    private static final class Watcher {
        private final Scope owner;
        private final Consumer<Leadership> consumer;

        Watcher(Scope owner, Consumer<Leadership> consumer) {
            this.owner = owner;
            this.consumer = consumer;
        }

        boolean gone() {
            return owner.closed();
        }

        void tell(Leadership leadership) {
            if (!gone()) {
                owner.execute(() -> consumer.accept(leadership));
            }
        }
    }
}
