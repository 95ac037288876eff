package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.api.orchestration.Subject;
import io.skep.api.store.Applied;
import io.skep.model.EndpointSpec;
import io.skep.model.Network;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.VirtualIp;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has to look again, and who is told, when something changes. */
class ViewsTest {
    private final Service web = Samples.service("web", "networks=net");
    private final Service everywhere = Samples.service("everywhere", "mode=global");
    private final Task task = Samples.attached(Samples.task("t1", web, "n1"), "net", "10.1.0.5");
    private final Snapshot cluster = Samples.cluster(
            put(Table.SERVICES, web),
            put(Table.SERVICES, everywhere),
            put(Table.NETWORKS, Samples.network("net")),
            put(Table.SEGMENTS, Segment.of("n1", "net", "10.1.0.1")),
            put(Table.NODES, Samples.node("n1")),
            put(Table.NODES, Samples.node("n2")),
            put(Table.TASKS, task));

    private Applied after(Change... changes) {
        return new Applied(cluster.apply(List.of(changes)), List.of(changes));
    }

    private Set<Subject> dirty(Change... changes) {
        return DirtySubjects.of(cluster, after(changes));
    }

    private Map<String, Set<String>> concerned(Change... changes) {
        return Concerned.by(cluster, after(changes));
    }

    private static Subject.OfService ofWeb() {
        return new Subject.OfService("web");
    }

    @Test
    void aTaskOrItsStatusConcernsItsService() {
        assertThat(dirty(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN))))
                .containsExactly(ofWeb());
        assertThat(dirty(put(Table.STATUSES, Samples.status("t1", TaskState.FAILED))))
                .containsExactly(ofWeb());
        assertThat(dirty(new Change.Remove(Table.TASKS, "t1", Change.ANY)))
                .containsExactly(ofWeb(), new Subject.OfNode("n1"));
    }

    @Test
    void aTaskThatGivesAnAddressBackConcernsANetworkThatIsBeingRemoved() {
        Network removing = Samples.network("net").asRemoving();
        assertThat(dirty(put(Table.NETWORKS, removing), new Change.Remove(Table.TASKS, "t1", Change.ANY)))
                .containsExactlyInAnyOrder(new Subject.OfNetwork("net"), ofWeb(), new Subject.OfNode("n1"));
    }

    @Test
    void aServiceConcernsItselfAndItsNetworks() {
        assertThat(dirty(new Change.Remove(Table.SERVICES, "web", Change.ANY)))
                .containsExactly(ofWeb(), new Subject.OfNetwork("net"));
    }

    @Test
    void aNodeConcernsWhoHasATaskThereOrOneEverywhere() {
        Change changed =
                put(Table.NODES, Samples.node("n1").withSpec(Samples.node("n1").spec(), Samples.NOW.plusSeconds(1)));
        assertThat(dirty(changed))
                .containsExactlyInAnyOrder(new Subject.OfNode("n1"), ofWeb(), new Subject.OfService("everywhere"));
        assertThat(dirty(put(Table.NODES, Samples.node("n2")))).containsExactly(new Subject.OfNode("n2"));
    }

    @Test
    void withoutChangesEverythingIsLookedAtEvenWhatOutlivedItsService() {
        Snapshot orphaned = cluster.apply(List.of(new Change.Remove(Table.SERVICES, "web", Change.ANY)));
        assertThat(DirtySubjects.of(cluster, new Applied(orphaned, List.of())))
                .containsExactlyInAnyOrder(
                        ofWeb(),
                        new Subject.OfService("everywhere"),
                        new Subject.OfNode("n1"),
                        new Subject.OfNode("n2"),
                        new Subject.OfNetwork("net"));
    }

    @Test
    void aNodeIsToldOfItsTasksWhateverBecomesOfThem() {
        assertThat(concerned(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN))))
                .isEqualTo(Map.of("n1", Set.of("t1")));
        assertThat(concerned(new Change.Remove(Table.TASKS, "t1", Change.ANY))).isEqualTo(Map.of("n1", Set.of("t1")));
        assertThat(concerned(put(Table.TASKS, task.withNode("n2"))))
                .isEqualTo(Map.of("n1", Set.of("t1"), "n2", Set.of("t1")));
        assertThat(concerned(put(Table.TASKS, Samples.task("t2", web, "")))).isEmpty();
        assertThat(concerned(put(Table.STATUSES, Samples.status("t1", TaskState.RUNNING))))
                .isEmpty();
    }

    @Test
    void aNodeIsToldOfItsTasksWhenItHasAnAddressForThem() {
        assertThat(concerned(put(Table.SEGMENTS, Segment.of("n1", "net", "10.1.0.9"))))
                .isEqualTo(Map.of("n1", Set.of("t1")));
    }

    @Test
    void aNodesNetworksAreLookedAtWhenATaskComesOrGoes() {
        assertThat(dirty(put(Table.TASKS, task.withNode("n2"))))
                .contains(new Subject.OfNode("n1"), new Subject.OfNode("n2"));
        assertThat(dirty(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN))))
                .doesNotContain(new Subject.OfNode("n1"));
    }

    @Test
    void aNodeIsToldWhenTheServicesEndpointChanges() {
        Service moved = web.withEndpoint(List.of(), List.of(new VirtualIp("net", "10.1.0.2")));
        assertThat(concerned(put(Table.SERVICES, moved))).isEqualTo(Map.of("n1", Set.of("t1")));
    }

    @Test
    void aTaskIsAssignedOnceItHasANodeAndAllItsAddresses() {
        assertThat(AssignmentView.of(cluster, task.withAttachments(List.of(), "")))
                .isEmpty();
        assertThat(AssignmentView.of(cluster, Samples.attached(Samples.task("t1", web, ""), "net", "10.1.0.5")))
                .isEmpty();
        String segment = Segment.idOf("n1", "net");
        Snapshot without = cluster.apply(List.of(new Change.Remove(Table.SEGMENTS, segment, Change.ANY)));
        assertThat(AssignmentView.of(without, task)).isEmpty();
        Assignment assignment = AssignmentView.of(cluster, task).orElseThrow();
        assertThat(assignment.networks()).containsExactly(new NodeNetwork(Samples.network("net"), "10.1.0.1"));
        assertThat(assignment.endpointMode()).isEqualTo(EndpointSpec.Mode.VIP);
    }

    @Test
    void aTaskWhoseServiceIsGoneIsStillDescribed() {
        Snapshot orphaned = cluster.apply(List.of(new Change.Remove(Table.SERVICES, "web", Change.ANY)));
        assertThat(AssignmentView.of(orphaned, task).orElseThrow().ports()).isEmpty();
    }
}
