package io.skep.scheduler;

import io.skep.model.Node;
import io.skep.model.NodeDescription;
import java.util.Locale;
import java.util.Map;

/** One level of spreading: gives the label of a node over whose values tasks are split; a missing label is one more value. */
final class Preference {
    private static final String NODE_LABEL = "node.labels.";
    private static final String ENGINE_LABEL = "engine.labels.";

    private final boolean engine;
    private final String label;

    /** Reads {@code node.labels.X} or {@code engine.labels.X}; anything else gives all nodes the same value. */
    Preference(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        engine = lower.startsWith(ENGINE_LABEL);
        String prefix = engine ? ENGINE_LABEL : NODE_LABEL;
        label = lower.startsWith(prefix) ? key.substring(prefix.length()) : "";
    }

    String valueOf(Node node) {
        Map<String, String> labels = engine
                ? node.description().map(NodeDescription::engineLabels).orElse(Map.of())
                : node.spec().labels();
        return label.isEmpty() ? "" : labels.getOrDefault(label, "");
    }
}
