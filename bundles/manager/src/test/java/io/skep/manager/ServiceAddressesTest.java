package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.network.ServiceAddress;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.NodeRole;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateStatus;
import io.skep.model.VirtualIp;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which services a node is told of by name. */
class ServiceAddressesTest {
    private static final UpdateStatus UPDATING =
            new UpdateStatus(UpdateStatus.State.UPDATING, Samples.NOW, Optional.empty(), "");

    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedNetwork network = new SimulatedNetwork(loop.open("network")::after);
    private final AgentDispatcher dispatcher = new AgentDispatcher(store, network.manager("m1"), loop, new Issuers());
    private final ScriptedAgent agent = new ScriptedAgent(network.node("n1", NodeRole.WORKER), "m1");
    private final Service web = reached("web", "front", "10.1.0.2");
    private final Service db = reached("db", "back", "10.2.0.2");
    private final Task client = Samples.attached(Samples.task("t1", web, "n1"), "front", "10.1.0.9");

    private static Service reached(String id, String network, String address) {
        return Samples.service(id, "networks=" + network)
                .withEndpoint(List.of(), List.of(new VirtualIp(network, address)));
    }

    @BeforeEach
    void lead() {
        store.write(
                put(Table.NODES, Samples.node("n1")),
                put(Table.NETWORKS, Samples.network("front")),
                put(Table.NETWORKS, Samples.network("back")),
                put(Table.SEGMENTS, Segment.of("n1", "front", "10.1.0.1")),
                put(Table.SEGMENTS, Segment.of("n1", "back", "10.2.0.1")),
                put(Table.SERVICES, web),
                put(Table.SERVICES, db),
                put(Table.TASKS, client));
        store.lead(3);
        loop.settle();
        CompletableFuture<SessionWire.Opened> opening = agent.open("s1", Samples.DESCRIPTION);
        loop.settle();
        assertThat(Await.answer(opening).accepted()).as("%s", dispatcher).isTrue();
    }

    private void write(Change... changes) {
        agent.told().clear();
        store.write(changes);
        loop.settle();
    }

    /** The addresses that were told last; a word of its own when none were. */
    private List<String> services() {
        return told().map(services ->
                        services.stream().map(ServiceAddress::address).toList())
                .orElse(List.of("not told"));
    }

    private Optional<List<ServiceAddress>> told() {
        List<Assignments> all = agent.assignments();
        return all.isEmpty()
                ? Optional.empty()
                : all.get(all.size() - 1).surroundings().map(Surroundings::services);
    }

    @Test
    void aNodeIsToldOfTheServicesOfItsNetworks() {
        assertThat(told().orElseThrow())
                .containsExactly(new ServiceAddress("front", "10.1.0.0/24", "10.1.0.2", List.of("web-name")));
    }

    @Test
    void aServiceHasItsNameAndAddressWithoutTasks() {
        write(put(Table.SERVICES, reached("idle", "front", "10.1.0.3")));
        assertThat(services()).containsExactlyInAnyOrder("10.1.0.2", "10.1.0.3");
        write(new Change.Remove(Table.SERVICES, "idle", Change.ANY));
        assertThat(services()).containsExactly("10.1.0.2");
    }

    @Test
    void anotherNetworkBringsItsServices() {
        Task other = Samples.attached(Samples.task("t2", db, "n1"), "back", "10.2.0.9");
        write(put(Table.TASKS, other));
        assertThat(services()).containsExactlyInAnyOrder("10.1.0.2", "10.2.0.2");
        write(new Change.Remove(Table.TASKS, "t2", Change.ANY));
        assertThat(services()).containsExactly("10.1.0.2");
    }

    @Test
    void whatConcernsNoNameIsNotTold() {
        write(put(Table.SERVICES, reached("far", "back", "10.2.0.3")));
        assertThat(services()).containsExactly("not told");
        write(put(Table.SERVICES, web.withUpdateStatus(UPDATING)));
        assertThat(services()).containsExactly("not told");
        write(put(Table.TASKS, client.withDesiredState(TaskState.SHUTDOWN)));
        assertThat(services()).containsExactly("not told");
    }

    @Test
    void aServiceThatIsBeingRemovedHasNone() {
        write(put(Table.SERVICES, web.asRemoving(Samples.NOW)));
        assertThat(services()).isEmpty();
    }
}
