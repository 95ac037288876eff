package io.skep.api.network;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Knows the services of this node's networks by name, so that a service without running tasks is refused and not unknown. Provided by discovery; told by the
 * agent, which hears of them with its assignments.
 */
@ProviderType
public interface ServiceNames {
    /** States all of them: replaces what was stated before. Idempotent, non-blocking, any thread. */
    void state(List<ServiceAddress> services);
}
