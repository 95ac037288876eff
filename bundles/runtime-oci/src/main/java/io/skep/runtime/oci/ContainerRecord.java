package io.skep.runtime.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.api.runtime.ContainerConfig;
import io.skep.runtime.support.ProcessId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of a prepared container, in {@code container.json}.
 *
 * @param image its reference
 * @param program which made it and alone understands its own state
 * @param labels as configured
 * @param stopSignal as {@code SIG…}
 * @param logs how much output is kept
 * @param process the container's first; empty when it ended before it was seen
 * @param monitor the process that watches it
 */
record ContainerRecord(
        String image,
        String program,
        Map<String, String> labels,
        String stopSignal,
        ContainerConfig.LogLimits logs,
        Optional<ProcessId> process,
        Optional<ProcessId> monitor) {

    /** As JSON. A tree, not a bound class: Jackson's caches outlive this bundle and would keep its class loader. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("image", image);
        json.put("program", program);
        ObjectNode labelNode = json.putObject("labels");
        labels.forEach(labelNode::put);
        json.put("stopSignal", stopSignal);
        json.put("maxFileBytes", logs.maxFileBytes());
        json.put("maxFiles", logs.maxFiles());
        process.ifPresent(id -> json.set("process", toJson(id)));
        monitor.ifPresent(id -> json.set("monitor", toJson(id)));
        return json;
    }

    static ContainerRecord fromJson(JsonNode json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new ContainerRecord(
                json.path("image").asText(),
                json.path("program").asText(),
                labels,
                json.path("stopSignal").asText(),
                new ContainerConfig.LogLimits(
                        json.path("maxFileBytes").asLong(),
                        json.path("maxFiles").asInt()),
                processId(json.path("process")),
                processId(json.path("monitor")));
    }

    private static ObjectNode toJson(ProcessId id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", id.pid())
                .put("startTicks", id.startTicks())
                .put("boot", id.boot());
    }

    private static Optional<ProcessId> processId(JsonNode json) {
        return json.isObject()
                ? Optional.of(new ProcessId(
                        json.path("pid").asLong(),
                        json.path("startTicks").asLong(),
                        json.path("boot").asText()))
                : Optional.empty();
    }
}
