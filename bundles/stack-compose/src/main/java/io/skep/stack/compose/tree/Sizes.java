package io.skep.stack.compose.tree;

import java.util.List;

/** Adds sizes up without overflow. */
final class Sizes {
    private static final long HUGE = Long.MAX_VALUE / 2;

    private Sizes() {}

    static long sum(List<Node> nodes) {
        long sum = 1;
        for (Node node : nodes) {
            sum = Math.min(HUGE, sum + node.size());
        }
        return sum;
    }
}
