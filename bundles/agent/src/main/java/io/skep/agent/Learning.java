package io.skep.agent;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the leader tells of the swarm to the node, which writes it to its disk: one after another, and the newest last. On the loop. */
final class Learning {
    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final LocalNode node;
    private final Workplace place;
    private final Scope scope;
    private final Effects effects;
    private Optional<SwarmFacts> latest = Optional.empty();
    private boolean busy;

    Learning(LocalNode node, Workplace place, Scope scope, Effects effects) {
        this.node = node;
        this.place = place;
        this.scope = scope;
        this.effects = effects;
    }

    void told(SwarmFacts facts) {
        latest = Optional.of(facts);
        go();
    }

    private void go() {
        if (busy || latest.isEmpty()) {
            return;
        }
        busy = true;
        SwarmFacts facts = latest.get();
        latest = Optional.empty();
        CompletionStage<Boolean> learnt = effects.run(scope, () -> {
            node.learn(facts);
            return true;
        });
        learnt.whenComplete((done, failure) -> place.onLoop(() -> {
            busy = false;
            if (failure == null) {
                go();
            } else {
                LOG.warn("cannot keep what the leader told of the swarm yet: {}", failure.getMessage());
                latest = latest.or(() -> Optional.of(facts));
                place.after(AGAIN, this::go);
            }
        }));
    }
}
