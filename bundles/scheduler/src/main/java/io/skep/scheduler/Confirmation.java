package io.skep.scheduler;

import io.skep.api.scheduling.Placement;
import io.skep.model.Task;
import java.util.List;
import java.util.stream.IntStream;

/** Checks tasks that have a node already, those of global services: each runs on its node or nowhere. */
final class Confirmation {
    private final Picture picture;
    private final Shape shape;
    private final Rules rules;
    private final List<Placement> answers;

    Confirmation(Picture picture, Shape shape, Rules rules, List<Placement> answers) {
        this.picture = picture;
        this.shape = shape;
        this.rules = rules;
        this.answers = answers;
    }

    void confirm(Group group) {
        picture.tally().open(group);
        for (Task task : group.tasks()) {
            answers.add(confirm(task, group.service()));
        }
        picture.tally().close((node, forgotten) -> {});
    }

    private Placement confirm(Task task, PendingService service) {
        int node = picture.nodes().find(task.nodeId());
        NodeView view = picture.view();
        if (node < 0) {
            return new Placement(task.id(), "", "no suitable node (its node " + task.nodeId() + " is gone)");
        }
        if (!rules.admit(view.at(node), task) || !rules.accept(view, task)) {
            return new Placement(task.id(), "", rules.explain(view, IntStream.of(node), task));
        }
        picture.take(node, shape, service);
        return new Placement(task.id(), task.nodeId(), "");
    }
}
