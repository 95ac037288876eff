package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import io.skep.model.Mount;
import io.skep.runtime.oci.spec.Bind;
import io.skep.runtime.support.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the three files by which a container knows names, to be mounted over the image's. */
final class EtcFiles {
    private static final String LOCALHOST = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

    private EtcFiles() {}

    static List<Bind> write(ContainerConfig config, ContainerDir container, String hostname) {
        Disk.directories(container.etc());
        List<Bind> binds = new ArrayList<>();
        add(binds, config, container, "hostname", hostname + "\n");
        add(binds, config, container, "hosts", hosts(config));
        add(binds, config, container, "resolv.conf", resolver(config));
        return binds;
    }

    /** A file, unless the container mounts one of its own there. */
    private static void add(
            List<Bind> binds, ContainerConfig config, ContainerDir container, String name, String content) {
        String target = "/etc/" + name;
        Stream<String> own = Stream.concat(
                config.mounts().stream().map(Mount::target),
                config.files().stream().map(ContainerConfig.File::target));
        if (own.noneMatch(target::equals)) {
            Path file = container.etc().resolve(name);
            Disk.write(file, content);
            binds.add(new Bind(file, target, false));
        }
    }

    private static String hosts(ContainerConfig config) {
        boolean own = config.networkNamespace().isPresent();
        StringBuilder hosts = new StringBuilder(own ? LOCALHOST : read("/etc/hosts", LOCALHOST));
        new TreeMap<>(config.hosts())
                .forEach((name, address) ->
                        hosts.append(address).append('\t').append(name).append('\n'));
        return hosts.toString();
    }

    private static String resolver(ContainerConfig config) {
        if (config.nameservers().isEmpty()) {
            return read("/etc/resolv.conf", "");
        }
        StringBuilder resolver = new StringBuilder();
        config.nameservers()
                .forEach(server -> resolver.append("nameserver ").append(server).append('\n'));
        if (!config.searchDomains().isEmpty()) {
            resolver.append("search ")
                    .append(String.join(" ", config.searchDomains()))
                    .append('\n');
        }
        return resolver.append("options ndots:0\n").toString();
    }

    private static String read(String file, String otherwise) {
        return Disk.read(Path.of(file)).map(text -> text + "\n").orElse(otherwise);
    }
}
