package io.skep.manager;

import io.skep.api.identity.Identity;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.model.Sensitive;
import io.skep.model.Trust;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On every manager: keeps this node's keys on disk under the unlock key that the swarm has now, or open when it has none. Fields belong to the loop. */
@Component(
        service = {},
        immediate = true)
public final class LockKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private final Store store;
    private final Identity identity;
    private final Effects effects;
    private final Scope scope;
    private final Store.Watch watch;
    private Optional<Sensitive> locked = Optional.empty();
    private boolean known;
    private boolean busy;

    @Activate
    public LockKeeper(
            @Reference Store store,
            @Reference Identity identity,
            @Reference EventLoop loop,
            @Reference Effects effects) {
        this.store = store;
        this.identity = identity;
        this.effects = effects;
        scope = loop.open("lock");
        watch = store.watch(scope, this::applied);
    }

    @Deactivate
    void stop() {
        watch.close();
        scope.close();
    }

    private void applied(Applied applied) {
        go();
    }

    /** Nothing is known before the swarm's state is: a manager that has just started must not open what is locked. */
    private void go() {
        Optional<Trust> trust = store.snapshot().trust();
        Optional<Sensitive> key = trust.flatMap(Trust::unlockKey);
        if (busy || trust.isEmpty() || (known && key.equals(locked))) {
            return;
        }
        busy = true;
        CompletionStage<Boolean> done = effects.run(scope, () -> {
            identity.lockWith(key.map(Sensitive::value));
            return true;
        });
        done.whenComplete((written, failure) -> {
            if (!scope.closed()) {
                busy = false;
                if (failure == null) {
                    known = true;
                    locked = key;
                    go();
                } else {
                    LOG.warn("cannot lock or open the keys of this node on disk yet: {}", failure.getMessage());
                    scope.after(AGAIN, this::go);
                }
            }
        });
    }
}
