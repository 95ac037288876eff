package io.skep.shell.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom {@code --force-new-cluster} lets go on alone. */
class InitTest {
    private final List<String> asked = new ArrayList<>();

    /** As the node would be asked; empty for one that is in no swarm. */
    private Typed typed(Optional<NodeRole> role) {
        return new Typed()
                .with(Identity.class, (method, args) -> identity(method, role))
                .with(Cluster.class, (method, args) -> cluster(method));
    }

    private static Object identity(String method, Optional<NodeRole> role) {
        return switch (method) {
            case "current" -> role.map(InitTest::node);
            case "init" -> throw new SkepException(ErrorCode.WRONG_STATE, "a swarm is founded");
            default -> false;
        };
    }

    private static LocalNode node(NodeRole role) {
        return LocalNode.class.cast(Proxy.newProxyInstance(
                LocalNode.class.getClassLoader(),
                new Class<?>[] {LocalNode.class},
                (self, method, args) -> method.getName().equals("role") ? role : "n1"));
    }

    private @Nullable Object cluster(String method) {
        asked.add(method);
        return switch (method) {
            case "recover" -> CompletableFuture.completedFuture(new Epoch(5, "ratis", "group", List.of("n1:member")));
            case "read" -> CompletableFuture.completedFuture(Snapshot.empty());
            default -> null;
        };
    }

    @Test
    void aManagerGoesOnAloneAndSaysSoOnceItAnswers() throws InterruptedException {
        String said = typed(Optional.of(NodeRole.MANAGER)).run(new Init(), "--force-new-cluster");
        assertThat(said)
                .contains("current node (n1) is now the only manager (epoch 5)", "join-token manager")
                .doesNotContain("keeps its addresses");
        assertThat(asked).containsExactly("recover", "read");
    }

    @Test
    void anAddressThatIsGivenIsNotTaken() throws InterruptedException {
        assertThat(typed(Optional.of(NodeRole.MANAGER))
                        .run(new Init(), "--force-new-cluster", "--advertise-addr", "10.0.0.1"))
                .contains("this manager keeps its addresses");
    }

    @Test
    void aWorkerHasNothingToGoOnWith() {
        assertThatThrownBy(() -> typed(Optional.of(NodeRole.WORKER)).run(new Init(), "--force-new-cluster"))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("on a manager that is left");
        assertThat(asked).isEmpty();
    }

    @Test
    void aNodeInNoSwarmFoundsOneAsDockersDoes() {
        assertThatThrownBy(() -> typed(Optional.empty()).run(new Init(), "--force-new-cluster"))
                .hasMessage("a swarm is founded");
        assertThatThrownBy(() -> typed(Optional.of(NodeRole.MANAGER)).run(new Init()))
                .hasMessage("a swarm is founded");
    }
}
