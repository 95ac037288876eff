package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of a task, brought together from where an assignment tells of it.
 *
 * @param network the network
 * @param gateway the node's own address on it
 * @param address the task's address on it
 * @param aliases by which the task is known on it
 */
record Attached(Network network, String gateway, String address, List<String> aliases) {
    /** Those networks of a task that are known here, in the order of its attachments. */
    static List<Attached> of(Assignment assignment) {
        List<Attached> all = new ArrayList<>();
        for (NetworkAttachment attachment : assignment.task().attachments()) {
            assignment.networks().stream()
                    .filter(joined -> joined.network().id().equals(attachment.networkId()))
                    .findFirst()
                    .map(joined -> of(assignment, joined, attachment.address()))
                    .ifPresent(all::add);
        }
        return all;
    }

    private static Attached of(Assignment assignment, NodeNetwork joined, String address) {
        Network network = joined.network();
        return new Attached(network, joined.address(), address, aliases(assignment, network));
    }

    private static List<String> aliases(Assignment assignment, Network network) {
        return assignment.task().spec().networks().stream()
                .filter(joined -> joined.target().equals(network.id()))
                .findFirst()
                .map(NetworkAttachmentConfig::aliases)
                .orElse(List.of());
    }
}
