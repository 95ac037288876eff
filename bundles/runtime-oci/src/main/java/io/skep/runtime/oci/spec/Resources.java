package io.skep.runtime.oci.spec;

import io.skep.api.runtime.ContainerConfig.Limits;
import java.util.List;
import java.util.Map;

/** The limits that the kernel enforces, in the units of the OCI runtime specification. */
final class Resources {
    private static final long PERIOD_MICROS = 100_000;
    private static final long MIN_QUOTA_MICROS = 1_000;
    private static final long NANOS = 1_000_000_000L;

    private Resources() {}

    static Map<String, Object> of(Limits limits, HostFacts host) {
        Map<String, Object> resources = Json.object("devices", List.of(Json.object("allow", false, "access", "rwm")));
        if (limits.memoryBytes() > 0) {
            Map<String, Object> memory = Json.object("limit", limits.memoryBytes());
            if (host.swapAccounting()) {
                // Memory and swap together, so that a container over its limit is killed instead of swapping.
                memory.put("swap", limits.memoryBytes());
            }
            resources.put("memory", memory);
        }
        if (limits.nanoCpus() > 0) {
            long quota = Math.max(MIN_QUOTA_MICROS, limits.nanoCpus() * PERIOD_MICROS / NANOS);
            resources.put("cpu", Json.object("quota", quota, "period", PERIOD_MICROS));
        }
        if (limits.pids() > 0) {
            resources.put("pids", Json.object("limit", limits.pids()));
        }
        return resources;
    }
}
