package io.skep.shell.service;

import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.Filters;
import io.skep.shell.Texts;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Services as docker service ls shows them; pure. */
public final class ServiceTable {
    /** By what services are chosen. */
    public static final Map<String, BiPredicate<Service, String>> KEYS = Map.of(
            "id", (service, value) -> service.id().startsWith(value),
            "name", (service, value) -> service.spec().name().startsWith(value),
            "mode",
                    (service, value) ->
                            Texts.lower(service.spec().mode().kind()).equals(value),
            "label", (service, value) -> Filters.label(service.spec().labels(), value));

    private ServiceTable() {}

    /** A service as {@code --json} shows it. */
    public static Object json(Snapshot cluster, Service service) {
        return ServiceDetail.of(cluster, service);
    }

    /** The table of these services. */
    public static Columns of(Snapshot cluster, List<Service> services, UnaryOperator<String> id) {
        Columns table = new Columns("ID", "NAME", "MODE", "REPLICAS", "IMAGE", "PORTS");
        services.forEach(service -> table.add(
                id.apply(service.id()),
                service.spec().name(),
                Texts.mode(service.spec().mode()),
                Replicas.text(cluster, service),
                service.spec().taskTemplate().containerSpec().image(),
                Texts.ports(service.ports())));
        return table;
    }
}
