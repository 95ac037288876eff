package io.skep.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes in the order in which they are to be chosen: one heap, or a tree with a heap for each combination of preferred label values. */
final class PreferenceTree {
    private final NodeTable nodes;
    private final Ranks ranks;
    private final List<Preference> preferences;
    private final int[] places;
    private final boolean[] eligible;
    private final Branch[] leaves;
    private final Branch root;

    /**
     * Builds the order.
     *
     * @param ranks of all nodes, written already
     * @param members the nodes that can be chosen at all; becomes its own
     * @param preferences outermost first
     */
    PreferenceTree(NodeTable nodes, Ranks ranks, int[] members, List<Preference> preferences) {
        this.nodes = nodes;
        this.ranks = ranks;
        this.preferences = preferences;
        places = new int[nodes.size()];
        Arrays.fill(places, -1);
        boolean flat = preferences.isEmpty();
        leaves = new Branch[flat ? 0 : nodes.size()];
        eligible = new boolean[flat ? 0 : nodes.size()];
        root = flat ? Branch.leaf(new RankHeap(ranks, places, members)) : grow(members);
    }

    /** The node that is next, or -1 when none is fit. */
    int best() {
        return root.best();
    }

    /** Counts tasks of the service in the branches of a node; {@link #changed} must follow. */
    void count(int node, int difference) {
        leafOf(node).count(difference);
    }

    /** Restores the order after the rank of a node or its number of tasks changed. */
    void changed(int node) {
        leafOf(node).changed(node);
    }

    private Branch leafOf(int node) {
        return leaves.length == 0 ? root : leaves[node];
    }

    /** All nodes are in the tree, since tasks on nodes that take no more count for their branch. */
    private Branch grow(int[] members) {
        for (int member : members) {
            eligible[member] = true;
        }
        Ordinals all = new Ordinals();
        for (int node = 0; node < nodes.size(); node++) {
            all.add(node);
        }
        return grow(all, 0);
    }

    private Branch grow(Ordinals part, int level) {
        if (level == preferences.size()) {
            Ordinals fit = new Ordinals();
            part.forEach(node -> {
                if (eligible[node]) {
                    fit.add(node);
                }
            });
            Branch leaf = Branch.leaf(new RankHeap(ranks, places, fit.toArray()));
            part.forEach(node -> leaves[node] = leaf);
            return leaf;
        }
        Map<String, Ordinals> byValue = new TreeMap<>();
        part.forEach(node -> byValue.computeIfAbsent(
                        preferences.get(level).valueOf(nodes.node(node)), value -> new Ordinals())
                .add(node));
        List<Branch> branches = new ArrayList<>();
        byValue.values().forEach(branch -> branches.add(grow(branch, level + 1)));
        return Branch.over(branches);
    }
}
