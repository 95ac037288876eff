package io.skep.manager;

import io.skep.api.control.Cluster;
import io.skep.api.gossip.Gossip;
import io.skep.api.identity.CertificateAuthority;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.parts.Kernel;
import java.util.List;
import java.util.Optional;

/** The manager as its bundle starts and stops it. */
public final class ManagerPart implements AutoCloseable {
    private final Founder founder;
    private final Reconciliation reconciliation;
    private final Assigner assigner;
    private final AgentDispatcher dispatcher;
    private final RoleKeeper roles;
    private final KeyKeeper keys;
    private final CaService certificates;
    private final ControlApi control;
    private final SimulatedNode node;
    private Optional<Beacon> beacon = Optional.empty();

    public ManagerPart(
            Store store,
            Quorum quorum,
            SimulatedNode node,
            Transport transport,
            Kernel kernel,
            List<Reconciler> reconcilers,
            Scheduler scheduler) {
        this.node = node;
        founder = new Founder(store, node, node, kernel.loop(), kernel.effects(), kernel.entropy());
        reconciliation = new Reconciliation(store, kernel.loop(), kernel.effects(), kernel.entropy());
        reconcilers.forEach(reconciliation::bindReconciler);
        assigner = new Assigner(store, scheduler, kernel.loop(), kernel.effects());
        Issuers issuers = new Issuers();
        CertificateAuthority authority = new BouncyAuthority();
        dispatcher = new AgentDispatcher(store, transport, kernel.loop(), issuers);
        roles = new RoleKeeper(store, quorum, node, kernel.loop());
        keys = new KeyKeeper(store, authority, issuers, kernel.loop());
        certificates = new CaService(
                store, transport, authority, node, node, kernel.loop(), kernel.effects(), kernel.entropy());
        control = new ControlApi(store, quorum, node, authority, kernel.loop(), kernel.effects(), kernel.entropy());
        control.bindScheduler(scheduler);
    }

    /** Gossip has come, whose evidence of dead nodes the manager takes, and in which it says where it is. */
    public void bind(Gossip gossip) {
        beacon = Optional.of(new Beacon(gossip, node));
        dispatcher.bindGossip(gossip);
    }

    public Cluster cluster() {
        return control;
    }

    /** Everything that must be gone after a swap. */
    public List<Object> components() {
        return List.of(founder, reconciliation, assigner, dispatcher, roles, keys, certificates, control);
    }

    @Override
    public void close() {
        beacon.ifPresent(Beacon::stop);
        control.stop();
        certificates.stop();
        keys.stop();
        roles.stop();
        dispatcher.stop();
        assigner.stop();
        reconciliation.stop();
        founder.stop();
    }
}
