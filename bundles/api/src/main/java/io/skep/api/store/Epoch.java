package io.skep.api.store;

import java.util.List;

/**
 * A stretch of the swarm's life in which one group of one consensus engine orders its transactions. An epoch begins with the whole state of the one
 * before it, which takes nothing more.
 *
 * @param number from 1; grows by one with every epoch
 * @param engine the engine's name, such as {@code atomix}
 * @param groupId names the group among all groups of all swarms
 * @param founders the ids of the group's first members, sorted
 */
public record Epoch(long number, String engine, String groupId, List<String> founders) {
    public Epoch {
        founders = List.copyOf(founders);
    }
}
