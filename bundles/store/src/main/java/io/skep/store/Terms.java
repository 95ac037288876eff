package io.skep.store;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells who leads, on the loop. A new leader's term is written into the log before anybody here hears of it, so that whoever leads sees
 * everything that its predecessors did, and they can do nothing more.
 */
final class Terms {
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Scope scope;
    private final List<Consumer<Leadership>> watchers = new ArrayList<>();
    private volatile Leadership known = new Leadership(0, Optional.empty(), false);
    private Leadership latest = known;

    Terms(Scope scope) {
        this.scope = scope;
    }

    void follow(Group group) {
        group.onLeadership(leadership -> {
            if (!scope.closed()) {
                scope.execute(() -> changed(group, leadership));
            }
        });
    }

    Leadership known() {
        return known;
    }

    Store.Watch watch(Scope owner, Consumer<Leadership> watcher) {
        Consumer<Leadership> inOwner = leadership -> {
            if (!owner.closed()) {
                owner.execute(() -> watcher.accept(leadership));
            }
        };
        scope.execute(() -> {
            watchers.add(inOwner);
            inOwner.accept(known);
        });
        return () -> {
            if (!scope.closed()) {
                scope.execute(() -> watchers.remove(inOwner));
            }
        };
    }

    private void changed(Group group, Leadership leadership) {
        latest = leadership;
        if (leadership.local()) {
            begin(group, leadership);
        } else {
            publish(leadership);
        }
    }

    private void begin(Group group, Leadership leadership) {
        if (leadership.equals(latest)) {
            group.submit(new Command.BeginTerm(leadership.term()).bytes()).whenComplete((reply, failure) -> {
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
        List.copyOf(watchers).forEach(watcher -> watcher.accept(leadership));
    }
}
