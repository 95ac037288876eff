package io.skep.runtime.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.api.runtime.ContainerConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a process is to be started, kept in {@code container.json} from prepare on.
 *
 * @param labels as configured
 * @param command the program and its arguments
 * @param env its whole environment
 * @param directory where it starts
 * @param stopSignal a name without {@code SIG}
 * @param maxFileBytes of a log file
 * @param maxFiles log files kept
 */
record Launch(
        Map<String, String> labels,
        List<String> command,
        Map<String, String> env,
        String directory,
        String stopSignal,
        long maxFileBytes,
        int maxFiles) {

    /**
     * Takes from a configuration what a process can have.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when it asks for what only a container has: it is refused, never ignored
     */
    static Launch of(ContainerConfig config) {
        refuse(!config.mounts().isEmpty(), "mounts");
        refuse(!config.files().isEmpty(), "secrets and configs");
        refuse(config.user().isPresent(), "another user");
        refuse(config.readOnly(), "a read-only root");
        refuse(!config.limits().equals(ContainerConfig.Limits.NONE), "limits");
        List<String> command = new ArrayList<>();
        // As the processes of a container do, this one joins a network namespace before it becomes the program.
        config.networkNamespace()
                .map(Path::toString)
                .ifPresent(namespace -> command.addAll(List.of("nsenter", "--net=" + namespace, "--")));
        int joining = command.size();
        config.entrypoint().ifPresent(command::addAll);
        command.addAll(config.arguments());
        if (command.size() == joining) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the runtime process takes no command from an image; give the service one");
        }
        return new Launch(
                config.labels(),
                command,
                environment(config),
                config.workingDirectory().orElse("/"),
                signal(config.stopSignal().orElse("SIGTERM")),
                config.logs().maxFileBytes(),
                config.logs().maxFiles());
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the runtime process cannot give a process " + what + "; use the runtime oci, or leave that out");
        }
    }

    private static Map<String, String> environment(ContainerConfig config) {
        Map<String, String> env = new LinkedHashMap<>();
        config.hostname().ifPresent(name -> env.put("HOSTNAME", name));
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            if (equals < 0) {
                env.remove(variable);
            } else {
                env.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return env;
    }

    private static String signal(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("SIG") ? upper.substring("SIG".length()) : upper;
    }

    /** As JSON. A tree, not a bound class: Jackson's caches outlive this bundle and would keep its class loader. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode labelNode = json.putObject("labels");
        labels.forEach(labelNode::put);
        ArrayNode commandNode = json.putArray("command");
        command.forEach(commandNode::add);
        ObjectNode envNode = json.putObject("env");
        env.forEach(envNode::put);
        return json.put("directory", directory)
                .put("stopSignal", stopSignal)
                .put("maxFileBytes", maxFileBytes)
                .put("maxFiles", maxFiles);
    }

    static Launch fromJson(JsonNode json) {
        List<String> command = new ArrayList<>();
        json.path("command").forEach(argument -> command.add(argument.asText()));
        return new Launch(
                texts(json.path("labels")),
                command,
                texts(json.path("env")),
                json.path("directory").asText(),
                json.path("stopSignal").asText(),
                json.path("maxFileBytes").asLong(),
                json.path("maxFiles").asInt());
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
