package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.EndpointSpec;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.VirtualIp;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Gives a service its virtual addresses and published ports. Tasks get their addresses when they are made; those for which a subnet had none
 * left get them here, once it has.
 */
@Component(service = Reconciler.class)
public final class NetworkAllocator implements Reconciler {
    /** Addresses come back when tasks of other services end, which is no event of this service. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "allocator";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        return ServiceRule.ofService(cluster, subject, context, (view, factory, draft) -> {
            Addresses addresses = new Addresses(cluster);
            endpoint(view, addresses, draft);
            attach(view, addresses, draft);
        });
    }

    private static void endpoint(ServiceView view, Addresses addresses, Draft draft) {
        Service service = view.service();
        List<PortConfig> ports = new PublishedPorts(view.cluster(), service).choose();
        List<VirtualIp> ips = virtualIps(service, addresses);
        if (!ports.equals(service.ports()) || !ips.equals(service.virtualIps())) {
            draft.put(service.withEndpoint(ports, ips));
        }
    }

    private static List<VirtualIp> virtualIps(Service service, Addresses addresses) {
        List<VirtualIp> ips = new ArrayList<>();
        if (service.spec().endpointSpec().mode() == EndpointSpec.Mode.VIP) {
            for (NetworkAttachmentConfig network : service.spec().taskTemplate().networks()) {
                present(service, network.target())
                        .or(() -> allocate(addresses, network))
                        .ifPresent(ips::add);
            }
        }
        return ips;
    }

    private static Optional<VirtualIp> present(Service service, String networkId) {
        return service.virtualIps().stream()
                .filter(ip -> ip.networkId().equals(networkId))
                .findFirst();
    }

    private static Optional<VirtualIp> allocate(Addresses addresses, NetworkAttachmentConfig network) {
        List<NetworkAttachment> given = addresses.give(List.of(network)).attachments();
        return given.stream()
                .findFirst()
                .map(attachment -> new VirtualIp(attachment.networkId(), attachment.address()));
    }

    private static void attach(ServiceView view, Addresses addresses, Draft draft) {
        for (Task task : view.tasks()) {
            if (lacksAddresses(view, task) && !draft.full()) {
                Addresses.Given given = addresses.give(task.spec().networks());
                if (given.attachments().isEmpty()) {
                    draft.wake(view.now().plus(RETRY));
                }
                if (!given.attachments().isEmpty() || !given.refusal().equals(task.pendingReason())) {
                    draft.put(task.withAttachments(given.attachments(), given.refusal()));
                }
            }
        }
    }

    private static boolean lacksAddresses(ServiceView view, Task task) {
        return task.attachments().size() < task.spec().networks().size()
                && TaskFacts.wanted(task)
                && !view.facts().ended(task);
    }
}
