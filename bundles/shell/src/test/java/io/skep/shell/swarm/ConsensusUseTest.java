package io.skep.shell.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.control.Cluster;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a swarm that uses Atomix, and what is said of the answer. */
class ConsensusUseTest {
    private final List<String> asked = new ArrayList<>();
    private final Typed typed = new Typed().with(Cluster.class, this::answer);

    private static Epoch epoch(long number, String engine) {
        return new Epoch(number, engine, "group", List.of("n1:member"));
    }

    private @Nullable Object answer(String method, Object[] args) {
        if (method.equals("useConsensus")) {
            asked.add(String.valueOf(args[1]));
            return args[1].equals("ratis")
                    ? CompletableFuture.completedFuture(epoch(2, "ratis"))
                    : CompletableFuture.failedFuture(new SkepException(ErrorCode.WRONG_STATE, "it does not run on h2"));
        }
        return method.equals("epoch") ? epoch(1, "atomix") : null;
    }

    @Test
    void anotherEngineIsMovedTo() throws InterruptedException {
        assertThat(typed.run(new ConsensusUse(), "ratis"))
                .contains("from atomix to ratis")
                .endsWith("the swarm uses ratis now (epoch 2)\n");
        assertThat(asked).containsExactly("ratis");
    }

    @Test
    void theOneInUseStays() throws InterruptedException {
        assertThat(typed.run(new ConsensusUse(), "atomix")).isEqualTo("the swarm uses atomix already\n");
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalIsPassedOn() {
        assertThatThrownBy(() -> typed.run(new ConsensusUse(), "other"))
                .isInstanceOf(SkepException.class)
                .hasMessage("it does not run on h2");
    }
}
