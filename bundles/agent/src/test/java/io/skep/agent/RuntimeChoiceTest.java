package io.skep.agent;

import static io.skep.model.TaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.runtime.SimulatedHost;
import io.skep.model.ContainerSpec;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runtime runs a task, on a node whose configuration says {@code runtime = process}. */
class RuntimeChoiceTest {
    private static final String ID = "abcdefghijklmnopqrstuvwxy";

    private final Bench bench = new Bench(List.of("m1"), Map.of("runtime", "process"));
    private final SimulatedHost processes = new SimulatedHost();

    @BeforeEach
    void theOtherRuntimeIsThere() {
        bench.bindDriver();
        bench.bindRuntime();
        bench.loop.settle();
    }

    private void processRuntimeComes() {
        bench.bindRuntime("process", processes);
        bench.loop.settle();
    }

    private void run(String runtime) {
        TaskSpec spec = TaskSpec.of(ContainerSpec.of("web:1"))
                .withNetworks(List.of(new NetworkAttachmentConfig("net", List.of())))
                .withRuntime(runtime);
        Task task = Samples.task(ID, RUNNING, spec, List.of(new NetworkAttachment("net", "10.1.0.7")));
        bench.managers.assign(Samples.of(task, List.of(Samples.network("net"))));
        bench.loop.settle();
    }

    @Test
    void aTaskThatNamesNoneIsRunByTheNodesOwn() {
        processRuntimeComes();
        run("");
        assertThat(bench.managers.states(ID)).endsWith(RUNNING);
        assertThat(processes.configs()).containsOnlyKeys(ID);
        assertThat(bench.host.configs()).isEmpty();
    }

    @Test
    void aTaskThatNamesAnotherIsRunByThat() {
        processRuntimeComes();
        run("oci");
        assertThat(bench.managers.states(ID)).endsWith(RUNNING);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
        assertThat(processes.configs()).isEmpty();
    }

    @Test
    void noOtherStandsInForTheNodesOwn() {
        run("");
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(bench.managers.states(ID)).isEmpty();
        assertThat(bench.host.configs()).isEmpty();
        processRuntimeComes();
        assertThat(bench.managers.states(ID)).endsWith(RUNNING);
        assertThat(processes.configs()).containsOnlyKeys(ID);
    }
}
