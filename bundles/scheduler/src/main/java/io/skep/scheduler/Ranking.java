package io.skep.scheduler;

import io.skep.model.Task;
import java.util.Arrays;
import java.util.List;

/** The nodes ranked for tasks of one shape: ranked in full once, then kept right by looking again at each node that changed. */
final class Ranking {
    private final NodeView view;
    private final ServiceTally tally;
    private final Rules rules;
    private final NamedStrategy strategy;
    private final Ranks ranks;
    private final PreferenceTree tree;

    Ranking(Picture picture, Rules rules, NamedStrategy strategy, Task like) {
        NodeTable nodes = picture.nodes();
        this.view = picture.view();
        this.tally = picture.tally();
        this.rules = rules;
        this.strategy = strategy;
        ranks = new Ranks(nodes.size());
        int[] members = new int[nodes.size()];
        int count = 0;
        for (int node = 0; node < members.length; node++) {
            if (rules.admit(view.at(node), like)) {
                rank(node, like);
                members[count++] = node;
            }
        }
        List<Preference> preferences = like.spec().placement().preferences().stream()
                .map(Preference::new)
                .toList();
        tree = new PreferenceTree(nodes, ranks, Arrays.copyOf(members, count), preferences);
    }

    /** The node that is next, or -1 when none is fit. */
    int best() {
        return tree.best();
    }

    /**
     * Looks again at a node.
     *
     * @param difference how many tasks of the service it has more than when it was looked at last
     */
    void changed(int node, int difference, Task task) {
        tree.count(node, difference);
        rank(node, task);
        tree.changed(node);
    }

    private void rank(int node, Task task) {
        boolean fit = rules.accept(view.at(node), task);
        long score = fit ? strategy.score(view, task) : 0;
        byte accepted = tally.faulty(node) ? Ranks.FAULTY : Ranks.FIT;
        ranks.set(node, fit ? accepted : Ranks.UNFIT, score);
    }
}
