package io.skep.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the preference tree: the nodes that share a label value. Inside, the branch with the fewest tasks of the service goes first;
 * at the leaves, the best node. A branch without a fit node is passed over, so that full branches overflow into the others.
 */
final class Branch {
    private final List<Branch> branches;
    private final @Nullable Ranks branchRanks;
    private final RankHeap heap;
    private @Nullable Branch parent;
    private int ordinal;
    private int tasks;

    private Branch(List<Branch> branches, @Nullable Ranks branchRanks, RankHeap heap) {
        this.branches = branches;
        this.branchRanks = branchRanks;
        this.heap = heap;
    }

    static Branch leaf(RankHeap heap) {
        return new Branch(List.of(), null, heap);
    }

    static Branch over(List<Branch> branches) {
        Ranks ranks = new Ranks(branches.size());
        int[] members = new int[branches.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = i;
            ranks.set(i, branches.get(i).tier(), 0);
        }
        Branch whole = new Branch(branches, ranks, new RankHeap(ranks, new int[members.length], members));
        for (int i = 0; i < members.length; i++) {
            branches.get(i).parent = whole;
            branches.get(i).ordinal = i;
        }
        return whole;
    }

    /** The node that is next, or -1 when none is fit. */
    int best() {
        Branch branch = this;
        int top = heap.top();
        while (top >= 0 && !branch.branches.isEmpty()) {
            branch = branch.branches.get(top);
            top = branch.heap.top();
        }
        return top;
    }

    /** Counts tasks of the service on a node of this leaf. */
    void count(int difference) {
        for (Branch branch = this; branch != null; branch = branch.parent) {
            branch.tasks += difference;
        }
    }

    /** Restores the order from this leaf up after a node's rank or the number of tasks changed. */
    void changed(int node) {
        heap.changed(node);
        for (Branch branch = this; branch.parent != null; branch = branch.parent) {
            branch.parent.reorder(branch);
        }
    }

    private void reorder(Branch child) {
        if (branchRanks != null) {
            branchRanks.set(child.ordinal, child.tier(), child.tasks);
            heap.changed(child.ordinal);
        }
    }

    private byte tier() {
        return heap.top() < 0 ? Ranks.UNFIT : Ranks.FIT;
    }
}
