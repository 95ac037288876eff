package io.skep.api.consensus;

import java.nio.file.Path;
import java.util.List;

/**
 * What a member needs to take part.
 *
 * @param swarmId the group's id: the swarm's in its first epoch, {@link io.skep.api.store.Epoch#groupId} in later ones; members of other groups are
 *     not listened to
 * @param memberId this member's id, new for every new data directory
 * @param directory where log and snapshots live; made if absent
 * @param initialMembers the ids of all members of a new group, this one among them; empty when this member joins a group
 *     that exists, and ignored when the directory holds a group already
 */
public record GroupConfig(String swarmId, String memberId, Path directory, List<String> initialMembers) {
    public GroupConfig {
        initialMembers = List.copyOf(initialMembers);
    }
}
