package io.skep.manager;

import io.skep.api.stack.StackSpec;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.DataSpec;
import io.skep.model.EndpointSpec;
import io.skep.model.FileTarget;
import io.skep.model.LogDriver;
import io.skep.model.Mount;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.NetworkSpec;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.SecretReference;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.model.UpdateConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Specs as one line of a table writes them: a name, then {@code key=value}; whatever is not given is at its default. */
record SpecText(String name, Map<String, String> fields) {
    static SpecText of(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        String[] words = text.strip().split("\\s+", -1);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            fields.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return new SpecText(words[0].equals("-") ? "" : words[0], fields);
    }

    NetworkSpec network() {
        return new NetworkSpec(
                name,
                labels(),
                "",
                text("subnet", ""),
                text("gateway", ""),
                false,
                false,
                fields.containsKey("ingress"));
    }

    ServiceSpec service() {
        UpdateConfig update = new UpdateConfig(
                (int) number("parallelism", 1),
                Duration.ofSeconds(number("update-delay", 0)),
                UpdateConfig.FailureAction.PAUSE,
                Duration.ofSeconds(5),
                Double.parseDouble(text("ratio", "0")),
                UpdateConfig.Order.STOP_FIRST);
        return new ServiceSpec(
                name,
                labels(),
                task(),
                mode(),
                Optional.of(update),
                UpdateConfig.STANDARD,
                new EndpointSpec(
                        EndpointSpec.Mode.VIP, list("ports").map(SpecText::port).toList()));
    }

    private TaskSpec task() {
        Resources limits = new Resources(number("cpu", 0), number("memory", 0), number("pids", 0));
        RestartPolicy restart = new RestartPolicy(
                RestartPolicy.Condition.ANY,
                Duration.ofSeconds(number("restart-delay", 5)),
                (int) number("attempts", 0),
                Duration.ZERO);
        return new TaskSpec(
                container(),
                new ResourceRequirements(limits, new Resources(number("reserve-cpu", 0), 0, 0)),
                restart,
                new Placement(list("constraint").toList(), List.of(), (int) number("max-per-node", 0), List.of()),
                list("networks")
                        .map(target -> new NetworkAttachmentConfig(target, List.of()))
                        .toList(),
                LogDriver.STANDARD,
                "",
                0);
    }

    private ContainerSpec container() {
        ContainerSpec plain = ContainerSpec.of(text("image", "web:1"));
        return new ContainerSpec(
                plain.image(),
                plain.command(),
                plain.args(),
                list("env").toList(),
                plain.dir(),
                plain.user(),
                plain.hostname(),
                plain.labels(),
                list("mounts").map(SpecText::mount).toList(),
                plain.stopSignal(),
                Duration.ofSeconds(number("grace", 10)),
                plain.readOnly(),
                plain.init(),
                plain.hosts(),
                list("secrets").map(SpecText::secret).toList(),
                list("configs").map(SpecText::config).toList());
    }

    DataSpec data() {
        return new DataSpec(name, fields.containsKey("label") ? Map.of("label", text("label", "")) : Map.of());
    }

    byte[] bytes() {
        return new byte[(int) number("size", 3)];
    }

    /** {@code name:target:uid:gid:mode}, all but the name may be left out. */
    private static SecretReference secret(String text) {
        return new SecretReference(file(text), text.split(":", -1)[0], "");
    }

    private static ConfigReference config(String text) {
        return new ConfigReference(file(text), text.split(":", -1)[0], "");
    }

    private static FileTarget file(String text) {
        String[] parts = text.split(":", -1);
        return new FileTarget(
                parts.length > 1 ? parts[1] : parts[0],
                parts.length > 2 ? parts[2] : "0",
                parts.length > 3 ? parts[3] : "0",
                parts.length > 4 ? Integer.parseInt(parts[4], 8) : FileTarget.STANDARD_MODE);
    }

    private ServiceMode mode() {
        String kind = text("mode", "replicated").toUpperCase(Locale.ROOT).replace('-', '_');
        return new ServiceMode(ServiceMode.Kind.valueOf(kind), (int) number("replicas", 1), 0);
    }

    private Map<String, String> labels() {
        return fields.containsKey("stack") ? Map.of(StackSpec.LABEL, text("stack", "")) : Map.of();
    }

    private static PortConfig port(String text) {
        String[] parts = text.split("[:/]", -1);
        return new PortConfig(
                "",
                parts.length > 2
                        ? PortConfig.Protocol.valueOf(parts[2].toUpperCase(Locale.ROOT))
                        : PortConfig.Protocol.TCP,
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[0]),
                parts.length > 3 ? PortConfig.PublishMode.HOST : PortConfig.PublishMode.INGRESS);
    }

    private static Mount mount(String text) {
        String[] parts = text.split(":", -1);
        return new Mount(Mount.Type.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], parts[2], false, 0, 0);
    }

    private Stream<String> list(String key) {
        return fields.containsKey(key) ? Stream.of(text(key, "").split(",")) : Stream.of();
    }

    private String text(String key, String otherwise) {
        return fields.getOrDefault(key, otherwise);
    }

    private long number(String key, long otherwise) {
        return Long.parseLong(text(key, Long.toString(otherwise)));
    }
}
