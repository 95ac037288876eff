package io.skep.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.ContainerSpec;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.Swarm;
import io.skep.model.TaskSpec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeLabelTest {
    private static String chosen(TaskSpec task, Map<String, String> labels) {
        ServiceSpec plain = ServiceSpec.of("web", task, ServiceMode.replicated(1));
        ServiceSpec spec = new ServiceSpec(
                plain.name(),
                labels,
                plain.taskTemplate(),
                plain.mode(),
                plain.updateConfig(),
                plain.rollbackConfig(),
                plain.endpointSpec());
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Snapshot founded = Snapshot.empty()
                .apply(List.of(new Change.Put<>(Table.SWARM, Swarm.founded("swarm", now), Change.ABSENT)));
        Snapshot after = founded.apply(ServicePlans.create(founded, new Ids("request", now), spec));
        Service service = after.all(Table.SERVICES).iterator().next();
        return service.spec().taskTemplate().runtime();
    }

    @Test
    void aLabelNamesTheRuntimeUnlessTheSpecDoes() {
        TaskSpec task = TaskSpec.of(ContainerSpec.of("web:1"));
        Map<String, String> label = Map.of(ContainerRuntime.LABEL, "process");
        assertThat(chosen(task, Map.of())).isEmpty();
        assertThat(chosen(task, label)).isEqualTo("process");
        assertThat(chosen(task.withRuntime("oci"), label)).isEqualTo("oci");
    }
}
