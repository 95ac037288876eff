package io.skep.model.codec;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import java.util.Map;

/** Spells record components as the Docker Engine API does: {@code nodeId} is {@code NodeID}, {@code nanoCpus} {@code NanoCPUs}. */
final class DockerNames extends NamingBase {
    private static final long serialVersionUID = 1L;
    private static final Map<String, String> IRREGULAR =
            Map.of("pid", "PID", "uid", "UID", "gid", "GID", "tty", "TTY", "virtualIps", "VirtualIPs");

    @Override
    public String translate(String name) {
        String irregular = IRREGULAR.get(name);
        if (irregular != null) {
            return irregular;
        }
        String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return upper.replaceAll("Id$", "ID").replaceAll("Cpus$", "CPUs");
    }
}
