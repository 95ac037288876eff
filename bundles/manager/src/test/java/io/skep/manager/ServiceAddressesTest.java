package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignments;
import io.skep.api.network.ServiceAddress;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateStatus;
import io.skep.model.VirtualIp;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.util.ArrayList;
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
    private final AgentDispatcher dispatcher = new AgentDispatcher(store, loop);
    private final List<Assignments> told = new ArrayList<>();
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
                put(Table.SERVICES, web),
                put(Table.SERVICES, db),
                put(Table.TASKS, client));
        store.lead(3);
        loop.settle();
        CompletableFuture<AgentSession> opening =
                dispatcher.open("n1", Samples.DESCRIPTION, told::add).toCompletableFuture();
        loop.settle();
        Await.answer(opening);
    }

    private void write(Change... changes) {
        told.clear();
        store.write(changes);
        loop.settle();
    }

    /** The addresses that were told last; a word of its own when none were. */
    private List<String> services() {
        return told.isEmpty() || told.get(told.size() - 1).services().isEmpty()
                ? List.of("not told")
                : told.get(told.size() - 1).services().get().stream()
                        .map(ServiceAddress::address)
                        .toList();
    }

    @Test
    void aNodeIsToldOfTheServicesOfItsNetworks() {
        assertThat(told.get(0).services().orElseThrow())
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
