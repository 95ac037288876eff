package io.skep.scheduler;

import io.skep.api.scheduling.Placement;
import io.skep.model.Task;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places the groups of one shape on one ranking of the nodes. The ranking is that of a service without tasks; for each group the few nodes
 * that have tasks or failures of its service are ranked again before, and put back after, so that a hundred thousand services of one task
 * cost no more than one service of as many.
 */
final class AlikePlacer {
    private final Picture picture;
    private final ServiceTally tally;
    private final Shape shape;
    private final Rules rules;
    private final Ranking ranking;
    private final List<Placement> answers;
    private String refusal = "";
    private int refusedAt = -1;

    AlikePlacer(Picture picture, Shape shape, Rules rules, Ranking ranking, List<Placement> answers) {
        this.picture = picture;
        this.tally = picture.tally();
        this.shape = shape;
        this.rules = rules;
        this.ranking = ranking;
        this.answers = answers;
    }

    void place(Group group) {
        Task first = group.first();
        tally.open(group);
        tally.forEachTouched(node -> ranking.changed(node, tally.active(node), first));
        for (Task task : group.tasks()) {
            int node = ranking.best();
            answers.add(node < 0 ? refused(task) : placed(node, task, group.service()));
        }
        tally.close((node, forgotten) -> ranking.changed(node, -forgotten, first));
    }

    private Placement placed(int node, Task task, PendingService service) {
        picture.take(node, shape, service);
        ranking.changed(node, 1, task);
        return new Placement(task.id(), picture.nodes().node(node).id(), "");
    }

    /** Nothing changes between two refusals of like tasks, so that the nodes are asked for the reason only once. */
    private Placement refused(Task task) {
        if (!tally.blank() || refusedAt != picture.placements()) {
            IntStream all = IntStream.range(0, picture.nodes().size());
            refusal = rules.explain(picture.view(), all, task);
            refusedAt = tally.blank() ? picture.placements() : -1;
        }
        return new Placement(task.id(), "", refusal);
    }
}
