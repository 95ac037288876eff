package io.skep.api.scheduling;

import io.skep.model.Node;
import io.skep.model.Resources;
import org.osgi.annotation.versioning.ProviderType;

/** A node as filters and strategies see it, with the placements of the present run counted in. Valid only during the call. */
@ProviderType
public interface Candidate {
    /** The node's row. */
    Node node();

    /** Active tasks on it, of all services. */
    int activeTasks();

    /** Active tasks on it of the service that is being placed. */
    int activeTasksOfService();

    /** What it has in all; zero means unknown. */
    Resources capacity();

    /** What the reservations of its tasks leave. */
    Resources available();

    /** How often a task of this service and spec version failed here in the last five minutes. */
    int recentFailures();
}
