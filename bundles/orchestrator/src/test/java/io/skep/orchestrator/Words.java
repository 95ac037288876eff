package io.skep.orchestrator;

import io.skep.model.ContainerSpec;
import io.skep.model.EndpointSpec;
import io.skep.model.LogDriver;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.PortConfig.Protocol;
import io.skep.model.PortConfig.PublishMode;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.model.UpdateConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Specs in the compact notation of the tables: words such as {@code replicas=3} or {@code global}; each has a default. */
final class Words {
    private final Map<String, String> words = new TreeMap<>();

    /** Adds words to those said before; a later one replaces an earlier of the same name. */
    Words say(List<String> more) {
        for (String word : more) {
            int at = word.indexOf('=');
            words.put(at < 0 ? word : word.substring(0, at), at < 0 ? "" : word.substring(at + 1));
        }
        return this;
    }

    boolean has(String name) {
        return words.containsKey(name);
    }

    String get(String name, String otherwise) {
        return words.getOrDefault(name, otherwise);
    }

    List<String> list(String name) {
        String value = get(name, "");
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(",", -1));
    }

    static Duration duration(String text) {
        Duration length = Duration.parse("PT" + text.toUpperCase(Locale.ROOT).replace("-", ""));
        return text.startsWith("-") ? length.negated() : length;
    }

    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    ServiceSpec service(String name) {
        return new ServiceSpec(
                name,
                has("label") ? Map.of("label", get("label", "")) : Map.of(),
                task(),
                mode(),
                Stream.of("parallelism", "pause", "action", "monitor", "ratio", "order")
                                .anyMatch(this::has)
                        ? Optional.of(update("", "pause"))
                        : Optional.empty(),
                update("rollback-", "pause"),
                new EndpointSpec(
                        has("dnsrr") ? EndpointSpec.Mode.DNSRR : EndpointSpec.Mode.VIP,
                        list("ports").stream().map(Words::port).toList()));
    }

    private TaskSpec task() {
        return new TaskSpec(
                ContainerSpec.of(get("image", "img:1")),
                new ResourceRequirements(
                        Resources.NONE, new Resources(Long.parseLong(get("cpus", "0")) * 1_000_000_000L, 0, 0)),
                restart(),
                new Placement(list("constraint"), List.of(), 0, List.of()),
                list("networks").stream()
                        .map(network -> new NetworkAttachmentConfig(network, List.of()))
                        .toList(),
                LogDriver.STANDARD,
                "",
                Long.parseLong(get("force", "0")));
    }

    private ServiceMode mode() {
        int concurrent = Integer.parseInt(get("concurrent", "0"));
        if (has("global")) {
            return ServiceMode.global();
        } else if (has("global-job")) {
            return new ServiceMode(Kind.GLOBAL_JOB, 0, 0);
        } else if (has("job")) {
            return new ServiceMode(Kind.REPLICATED_JOB, Integer.parseInt(get("job", "")), concurrent);
        }
        return ServiceMode.replicated(Integer.parseInt(get("replicas", "1")));
    }

    private RestartPolicy restart() {
        return new RestartPolicy(
                constant(RestartPolicy.Condition.class, get("restart", "any")),
                duration(get("delay", "5s")),
                Integer.parseInt(get("attempts", "0")),
                duration(get("window", "0s")));
    }

    private UpdateConfig update(String prefix, String action) {
        return new UpdateConfig(
                Integer.parseInt(get(prefix + "parallelism", "1")),
                duration(get(prefix + "pause", "0s")),
                constant(UpdateConfig.FailureAction.class, get(prefix + "action", action)),
                duration(get(prefix + "monitor", "5s")),
                Double.parseDouble(get(prefix + "ratio", "0")),
                constant(UpdateConfig.Order.class, get(prefix + "order", "stop-first")));
    }

    /** {@code target}, {@code published:target} or {@code host:target}, with {@code /udp} after it when it is that. */
    private static PortConfig port(String text) {
        Protocol protocol = text.endsWith("/udp") ? Protocol.UDP : Protocol.TCP;
        String[] parts = text.replace("/udp", "").split(":", -1);
        boolean host = parts[0].equals("host");
        int published = parts.length == 1 || host ? 0 : Integer.parseInt(parts[0]);
        int target = Integer.parseInt(parts[parts.length - 1]);
        return new PortConfig("", protocol, target, published, host ? PublishMode.HOST : PublishMode.INGRESS);
    }
}
