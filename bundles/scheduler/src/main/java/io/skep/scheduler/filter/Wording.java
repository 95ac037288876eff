package io.skep.scheduler.filter;

/** Puts numbers of nodes into words. */
final class Wording {
    private Wording() {}

    /** Such as {@code insufficient resources on 2 nodes}. */
    static String on(String what, int nodes) {
        return what + " on " + count(nodes);
    }

    /** Such as {@code 1 node}. */
    static String count(int nodes) {
        return nodes == 1 ? "1 node" : nodes + " nodes";
    }
}
