package io.skep.stack.compose.bind;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keys of Compose that say something Skep does not do: those without harm are ignored with a word, the others end the deployment. */
final class UnsupportedKeys {
    private static final String UP = "services start at once; let the program wait for what it needs";
    private static final String NAME = "services on a network reach each other by their names";
    private static final String RESOURCES = "is not supported; use deploy.resources";
    private static final String YET = "is not supported yet; leave it out";

    private static final Map<String, String> IGNORED = ignored();
    private static final Map<String, String> REFUSED = refused();

    private UnsupportedKeys() {}

    static void report(Fields service) {
        service.take("expose");
        IGNORED.forEach(service::ignore);
        REFUSED.forEach(service::refuse);
    }

    private static Map<String, String> ignored() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("build", "images are not built here; load one with swarm:image-load and name it under \"image\"");
        keys.put("container_name", "each task has a container of its own; use \"hostname\" or the service's name");
        keys.put("depends_on", UP);
        keys.put("links", NAME);
        keys.put("external_links", NAME);
        keys.put("restart", "use deploy.restart_policy");
        keys.put("healthcheck", "health checks are not supported yet; a task counts as healthy while it runs");
        keys.put("network_mode", "use \"networks\"");
        keys.put("stdin_open", "tasks have no standard input");
        keys.put("tty", "tasks have no terminal");
        keys.put("pull_policy", "load images with swarm:image-load");
        keys.put("platform", "use deploy.placement.constraints such as node.platform.arch==amd64");
        keys.put("profiles", "every service of the file is deployed");
        keys.put("scale", "use deploy.replicas");
        keys.put("mac_address", "the swarm chooses addresses");
        keys.put("domainname", "use \"hostname\"");
        keys.put("cgroup_parent", "the runtime chooses the control group");
        keys.put("cgroup", "the runtime chooses the control group");
        keys.put("cgroupns_mode", "the runtime chooses the control group");
        keys.put("shm_size", "mount a tmpfs on /dev/shm instead");
        keys.put("annotations", "use \"labels\"");
        keys.put("attach", "see the output with swarm:service-logs");
        keys.put("develop", "it is for development on one machine");
        return keys;
    }

    private static Map<String, String> refused() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("extends", "is not supported; use anchors and << in one file, or several files");
        keys.put("volumes_from", "is not supported; define a volume and mount it in both services");
        keys.put("volume_driver", "is not supported; define the volume under the top-level \"volumes\"");
        for (String key : new String[] {
            "cpu_count",
            "cpu_percent",
            "cpu_quota",
            "cpu_period",
            "cpu_shares",
            "cpus",
            "cpuset",
            "mem_limit",
            "mem_reservation",
            "memswap_limit",
            "pids_limit"
        }) {
            keys.put(key, RESOURCES);
        }
        for (String key : new String[] {
            "cap_add", "cap_drop", "credential_spec", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search",
            "group_add", "ipc", "isolation", "oom_kill_disable", "oom_score_adj", "pid", "privileged", "security_opt",
            "storage_opt", "sysctls", "ulimits", "userns_mode", "uts", "gpus", "post_start", "pre_stop"
        }) {
            keys.put(key, YET);
        }
        return keys;
    }
}
