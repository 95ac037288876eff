package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.model.PortConfig;

/** Knows which host-mode ports are taken where. */
@FunctionalInterface
public interface HostPortLedger {
    /** True when no task on the node has the published port. */
    boolean free(Candidate candidate, PortConfig port);
}
