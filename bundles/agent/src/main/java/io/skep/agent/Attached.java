package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of a task, brought together from where an assignment tells of it.
 *
 * @param network the network
 * @param address the task's address on it
 * @param aliases by which the task is known on it
 */
record Attached(Network network, String address, List<String> aliases) {
    /** Those networks of a task that are known here, in the order of its attachments. */
    static List<Attached> of(Assignment assignment) {
        List<Attached> all = new ArrayList<>();
        for (NetworkAttachment attachment : assignment.task().attachments()) {
            assignment.networks().stream()
                    .filter(network -> network.id().equals(attachment.networkId()))
                    .findFirst()
                    .map(network -> new Attached(network, attachment.address(), aliases(assignment, network)))
                    .ifPresent(all::add);
        }
        return all;
    }

    private static List<String> aliases(Assignment assignment, Network network) {
        return assignment.task().spec().networks().stream()
                .filter(joined -> joined.target().equals(network.id()))
                .findFirst()
                .map(NetworkAttachmentConfig::aliases)
                .orElse(List.of());
    }
}
