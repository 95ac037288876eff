package io.skep.scheduler;

import io.skep.model.ContainerSpec;
import io.skep.model.LogDriver;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.Platform;
import io.skep.model.PortConfig;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@code key=value} words of a line of a cluster script; a key may be given more than once. */
final class Options {
    private final Map<String, List<String>> values = new TreeMap<>();

    Options(List<String> words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            values.computeIfAbsent(equals < 0 ? word : word.substring(0, equals), key -> new ArrayList<>())
                    .add(equals < 0 ? "" : word.substring(equals + 1));
        }
    }

    Set<String> keys() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    String text(String key, String otherwise) {
        return has(key) ? all(key).get(0) : otherwise;
    }

    List<String> list(String key, String otherwise) {
        return List.of(text(key, otherwise).split(","));
    }

    /** Whole processors and GiB. */
    Resources resources() {
        long cpus = Long.parseLong(text("cpus", "0"));
        long memory = Long.parseLong(text("memory", "0"));
        return new Resources(cpus * 1_000_000_000L, memory << 30, 0);
    }

    static Platform platform(String text) {
        int slash = text.indexOf('/');
        return new Platform(text.substring(slash + 1), text.substring(0, slash));
    }

    TaskSpec taskSpec() {
        Placement placement = new Placement(
                all("constraint"),
                all("prefer"),
                Integer.parseInt(text("max", "0")),
                all("platform").stream().map(Options::platform).toList());
        return new TaskSpec(
                ContainerSpec.of("example/web:1"),
                new ResourceRequirements(Resources.NONE, resources()),
                RestartPolicy.STANDARD,
                placement,
                all("network").stream()
                        .map(network -> new NetworkAttachmentConfig(network, List.of()))
                        .toList(),
                LogDriver.STANDARD,
                text("runtime", ""),
                0);
    }

    List<PortConfig> ports() {
        return all("port").stream()
                .map(text -> {
                    boolean udp = text.endsWith("/udp");
                    int port = Integer.parseInt(udp ? text.substring(0, text.length() - 4) : text);
                    PortConfig.Protocol protocol = udp ? PortConfig.Protocol.UDP : PortConfig.Protocol.TCP;
                    return new PortConfig("", protocol, port, port, PortConfig.PublishMode.HOST);
                })
                .toList();
    }
}
