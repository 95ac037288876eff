package io.skep.simulation;

import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.table.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was acknowledged to operators of each service, as far as no other request was under way that may have come later. */
final class Wishes {
    private final Map<String, Set<String>> open = new HashMap<>();
    private final Map<String, String> alone = new HashMap<>();
    private final Map<String, Optional<ServiceSpec>> sure = new TreeMap<>();

    /** A request about a service has begun: until it ends, and for ever if its outcome stays unknown, nothing is sure. */
    void asked(String request, String service) {
        Set<String> others = open.computeIfAbsent(service, name -> new HashSet<>());
        sure.remove(service);
        if (others.isEmpty()) {
            alone.put(service, request);
        } else {
            alone.remove(service);
        }
        others.add(request);
    }

    /** It ended, and with {@code done} it was acknowledged. */
    void ended(String request, String service, boolean done, Optional<ServiceSpec> wished) {
        boolean last = open.getOrDefault(service, new HashSet<>()).remove(request) && alone.remove(service, request);
        if (last && done) {
            sure.put(service, wished);
        }
    }

    /** The first that does not hold. */
    Optional<String> unfulfilled(Snapshot cluster) {
        for (Map.Entry<String, Optional<ServiceSpec>> wish : sure.entrySet()) {
            Optional<Service> service = cluster.serviceNamed(wish.getKey());
            if (service.isPresent() != wish.getValue().isPresent()) {
                return Optional.of(wish.getKey() + " should" + (service.isPresent() ? " not" : "") + " be there");
            }
            boolean asWished = service.map(Service::spec).stream()
                    .allMatch(spec -> same(spec, wish.getValue().orElse(spec)));
            if (!asWished) {
                return Optional.of(wish.getKey() + " is not as it was last wished");
            }
        }
        return Optional.empty();
    }

    /** Networks are named by name before and by id after. */
    private static boolean same(ServiceSpec one, ServiceSpec other) {
        return one.mode().equals(other.mode())
                && one.endpointSpec().equals(other.endpointSpec())
                && one.taskTemplate()
                        .containerSpec()
                        .equals(other.taskTemplate().containerSpec());
    }
}
