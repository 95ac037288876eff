package io.skep.orchestrator;

import io.skep.model.Task;

/**
 * Names a slot.
 *
 * @param number 1–n; zero for a service that runs on nodes rather than in numbers
 * @param nodeId then its node, else empty
 */
record Place(int number, String nodeId) implements Comparable<Place> {
    static Place of(Task task) {
        return new Place(task.slot(), task.slot() > 0 ? "" : task.nodeId());
    }

    @Override
    public int compareTo(Place other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : nodeId.compareTo(other.nodeId);
    }

    /** The same order, of the places of tasks. */
    static int compare(Task left, Task right) {
        int byNumber = Integer.compare(left.slot(), right.slot());
        return byNumber != 0 || left.slot() > 0 ? byNumber : left.nodeId().compareTo(right.nodeId());
    }
}
