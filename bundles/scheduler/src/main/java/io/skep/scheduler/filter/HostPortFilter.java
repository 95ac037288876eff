package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import java.util.List;

/** Rules out nodes on which another task has one of the task's host-mode ports. */
public final class HostPortFilter implements Filter {
    private final List<PortConfig> ports;
    private final HostPortLedger ledger;

    public HostPortFilter(List<PortConfig> ports, HostPortLedger ledger) {
        this.ports = ports;
        this.ledger = ledger;
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        return ports.stream().allMatch(port -> ledger.free(candidate, port));
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("host-mode port already in use", nodes);
    }
}
