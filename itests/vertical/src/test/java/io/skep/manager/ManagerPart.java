package io.skep.manager;

import io.skep.api.control.Cluster;
import io.skep.api.dispatch.Dispatcher;
import io.skep.api.identity.LocalNode;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.store.Store;
import io.skep.kernel.KernelPart;
import java.util.List;

/** The manager as its bundle starts and stops it. */
public final class ManagerPart implements AutoCloseable {
    private final Founder founder;
    private final Reconciliation reconciliation;
    private final Assigner assigner;
    private final AgentDispatcher dispatcher;
    private final ControlApi control;

    public ManagerPart(
            Store store, LocalNode node, KernelPart kernel, List<Reconciler> reconcilers, Scheduler scheduler) {
        founder = new Founder(store, node, kernel.loop(), kernel.entropy());
        reconciliation = new Reconciliation(store, kernel.loop(), kernel.effects(), kernel.entropy());
        reconcilers.forEach(reconciliation::bindReconciler);
        assigner = new Assigner(store, scheduler, kernel.loop(), kernel.effects());
        dispatcher = new AgentDispatcher(store, kernel.loop());
        control = new ControlApi(store, kernel.loop(), kernel.entropy());
        control.bindScheduler(scheduler);
    }

    public Cluster cluster() {
        return control;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Everything that must be gone after a swap. */
    public List<Object> components() {
        return List.of(founder, reconciliation, assigner, dispatcher, control);
    }

    @Override
    public void close() {
        control.stop();
        dispatcher.stop();
        assigner.stop();
        reconciliation.stop();
        founder.stop();
    }
}
