package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Network;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import org.osgi.service.component.annotations.Component;

/** Deletes a network that is being removed once its last address was given back. */
@Component(service = Reconciler.class)
public final class NetworkReaper implements Reconciler {
    @Override
    public String name() {
        return "networks";
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        Draft draft = new Draft(cluster);
        if (subject instanceof Subject.OfNetwork) {
            cluster.find(Table.NETWORKS, subject.id())
                    .filter(Network::removing)
                    .filter(network -> cluster.addressesOf(network.id()).isEmpty())
                    .ifPresent(network -> draft.remove(Table.NETWORKS, network.id()));
        }
        return draft.decision();
    }
}
