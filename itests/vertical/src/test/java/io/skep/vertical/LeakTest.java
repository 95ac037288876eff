package io.skep.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.Service;
import io.skep.parts.Specs;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts that were swapped are let go of: whatever holds one would hold its class loader. The swarm is quiet, so nothing else cleans up. */
class LeakTest {
    private static final int SWAPS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertical swarm = new Vertical();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Set<Reference<?>> held = new HashSet<>();

    @AfterEach
    void stop() {
        swarm.close();
    }

    private void follow(Object part) {
        held.add(new WeakReference<>(part, collected));
    }

    private void takenOver(int before) {
        swarm.untilHost(
                "the agent watches both containers",
                () -> swarm.worker.runtime().awaits() >= before + 2);
    }

    /** Each collection lets the queue tell what went; what is still held at the end of patience is a leak. */
    private void nothingIsHeld() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!held.isEmpty() && Instant.now().isBefore(end)) {
            System.gc();
            Reference<?> gone = collected.remove(200);
            while (gone != null) {
                held.remove(gone);
                gone = collected.poll();
            }
        }
        assertThat(held).extracting(Reference::get).isEmpty();
    }

    @Test
    void swappedAgentsAreLetGo() throws InterruptedException {
        Service web = swarm.create(Specs.web(2));
        swarm.running(web, 2);
        for (int i = 0; i < SWAPS; i++) {
            follow(swarm.worker.agent());
            int before = swarm.worker.runtime().awaits();
            swarm.swapAgent();
            takenOver(before);
        }
        swarm.running(web, 2);
        nothingIsHeld();
    }

    @Test
    void swappedManagersAreLetGo() throws InterruptedException {
        Service web = swarm.create(Specs.web(2));
        swarm.running(web, 2);
        for (int i = 0; i < SWAPS; i++) {
            swarm.manager().components().forEach(this::follow);
            int before = swarm.worker.runtime().awaits();
            swarm.swapManager();
            takenOver(before);
        }
        swarm.running(web, 2);
        nothingIsHeld();
    }

    @Test
    void swappedStoresAreLetGo() throws InterruptedException {
        Service web = swarm.create(Specs.web(2));
        swarm.running(web, 2);
        for (int i = 0; i < SWAPS; i++) {
            follow(swarm.store().store());
            swarm.stopStore();
            int before = swarm.worker.runtime().awaits();
            swarm.startStore();
            takenOver(before);
        }
        swarm.running(web, 2);
        nothingIsHeld();
    }
}
