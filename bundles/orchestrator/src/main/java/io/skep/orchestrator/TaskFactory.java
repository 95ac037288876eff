package io.skep.orchestrator;

import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import java.time.Instant;
import java.util.Optional;

/** Makes the tasks of one service from its present spec, with their addresses. */
final class TaskFactory {
    private final ServiceView view;
    private final Addresses addresses;

    TaskFactory(ServiceView view, Addresses addresses) {
        this.view = view;
        this.addresses = addresses;
    }

    /** A task for a slot that may run at once, or as soon as those that leave the slot have stopped. */
    Task successor(Place place, boolean waits) {
        return make(place, waits ? TaskState.READY : view.goal(), Optional.empty());
    }

    /** A task that takes the place of one that ended, not before that time. */
    Task restart(Task old, Instant runAt) {
        return make(Place.of(old), TaskState.READY, Optional.of(runAt));
    }

    private Task make(Place place, TaskState desired, Optional<Instant> runAt) {
        Service service = view.service();
        Addresses.Given given = addresses.give(service.spec().taskTemplate().networks());
        return new Task(
                view.context().ids().get(),
                view.now(),
                service.id(),
                service.spec().name(),
                service.specVersion(),
                service.spec().taskTemplate(),
                place.number(),
                place.nodeId(),
                false,
                desired,
                runAt,
                given.attachments(),
                given.refusal(),
                service.jobIteration(),
                false);
    }
}
