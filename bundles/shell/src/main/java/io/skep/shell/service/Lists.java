package io.skep.shell.service;

import java.util.List;

/**
 * What is given for the lists of a spec, as it was typed: to be added, or the names of what is to go.
 *
 * @param env variables
 * @param publish ports
 * @param mounts file systems
 * @param labels of the service
 * @param containerLabels of its containers
 * @param constraints of placement
 * @param preferences of placement
 * @param networks to join
 * @param hosts further names for {@code /etc/hosts}
 * @param secrets files that only these tasks get
 * @param configs further files
 */
record Lists(
        List<String> env,
        List<String> publish,
        List<String> mounts,
        List<String> labels,
        List<String> containerLabels,
        List<String> constraints,
        List<String> preferences,
        List<String> networks,
        List<String> hosts,
        List<String> secrets,
        List<String> configs) {
    /** Nothing. */
    static final Lists NONE = new Lists(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of());
}
