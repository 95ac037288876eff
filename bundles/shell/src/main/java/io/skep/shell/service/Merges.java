package io.skep.shell.service;

import io.skep.model.ConfigReference;
import io.skep.model.Mount;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.PortConfig;
import io.skep.model.SecretReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lists of a spec after something was taken from them and something added: what is added replaces what it names anew; pure. */
final class Merges {
    private Merges() {}

    /** {@code NAME=value} entries by their names. */
    static List<String> env(List<String> before, List<String> added, List<String> removed) {
        Map<String, String> byName = new LinkedHashMap<>();
        before.forEach(entry -> byName.put(name(entry), entry));
        removed.forEach(byName::remove);
        added.forEach(entry -> byName.put(name(entry), entry));
        return List.copyOf(byName.values());
    }

    static Map<String, String> pairs(Map<String, String> before, Map<String, String> added, List<String> removed) {
        Map<String, String> merged = new TreeMap<>(before);
        removed.forEach(merged::remove);
        merged.putAll(added);
        return merged;
    }

    /** Words that are there or not. */
    static List<String> words(List<String> before, List<String> added, List<String> removed) {
        List<String> merged = new ArrayList<>(before);
        merged.removeAll(removed);
        added.stream().filter(word -> !merged.contains(word)).forEach(merged::add);
        return merged;
    }

    /** By their targets; two with one target that are added are both asked for. */
    static List<Mount> mounts(List<Mount> before, List<Mount> added, List<String> removed) {
        List<Mount> merged = new ArrayList<>(before);
        merged.removeIf(mount -> removed.contains(mount.target()));
        merged.removeIf(mount -> added.stream().anyMatch(other -> other.target().equals(mount.target())));
        merged.addAll(added);
        return merged;
    }

    /** By target port and protocol; two that lead to one target and are added are both asked for. */
    static List<PortConfig> ports(List<PortConfig> before, List<PortConfig> added, List<PortConfig> removed) {
        List<PortConfig> merged = new ArrayList<>(before);
        merged.removeIf(port -> removed.stream().anyMatch(other -> sameTarget(port, other)));
        merged.removeIf(port -> added.stream().anyMatch(other -> sameTarget(port, other)));
        merged.addAll(added);
        return merged;
    }

    /** By what they name. */
    static List<NetworkAttachmentConfig> networks(
            List<NetworkAttachmentConfig> before, List<NetworkAttachmentConfig> added, List<String> removed) {
        List<NetworkAttachmentConfig> merged = new ArrayList<>(before);
        merged.removeIf(network -> removed.contains(network.target()));
        merged.addAll(added);
        return merged;
    }

    /** By their targets; removed by name or id. */
    static List<SecretReference> secrets(
            List<SecretReference> before, List<SecretReference> added, List<String> removed) {
        List<SecretReference> merged = new ArrayList<>(before);
        merged.removeIf(one -> removed.contains(one.secretName()) || removed.contains(one.secretId()));
        merged.removeIf(one -> added.stream()
                .anyMatch(other -> other.file().name().equals(one.file().name())));
        merged.addAll(added);
        return merged;
    }

    /** The same of configs. */
    static List<ConfigReference> configs(
            List<ConfigReference> before, List<ConfigReference> added, List<String> removed) {
        List<ConfigReference> merged = new ArrayList<>(before);
        merged.removeIf(one -> removed.contains(one.configName()) || removed.contains(one.configId()));
        merged.removeIf(one -> added.stream()
                .anyMatch(other -> other.file().name().equals(one.file().name())));
        merged.addAll(added);
        return merged;
    }

    private static boolean sameTarget(PortConfig one, PortConfig other) {
        return one.targetPort() == other.targetPort() && one.protocol() == other.protocol();
    }

    private static String name(String entry) {
        return entry.split("=", 2)[0];
    }
}
