package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was answered is lost when the process is killed, again and again. */
final class KillTest {
    private static final int ROUNDS = 3;
    private static final int WRITES_BEFORE_THE_KILL = 300;

    private final Path root;

    KillTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void keepsEveryAnsweredWriteOfAKilledProcess() throws Exception {
        List<String> answered = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            answered.addAll(writeUntilKilled("round" + round));
        }

        CountingMachine machine = new CountingMachine();
        try (AtomixSwarm swarm = new AtomixSwarm();
                Group group = swarm.engine("one").open(KilledMember.config(root.resolve("one")), machine)) {
            Await.answer(group.barrier());
            assertThat(answered).hasSizeGreaterThanOrEqualTo(ROUNDS * (WRITES_BEFORE_THE_KILL - 1));
            assertThat(machine.commands()).containsAll(answered);
        }
    }

    private List<String> writeUntilKilled(String prefix) throws IOException, InterruptedException {
        Process process = KilledMember.start(root.resolve("one"), prefix);
        List<String> answered = new ArrayList<>();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                answered.add(line);
                if (answered.size() == WRITES_BEFORE_THE_KILL) {
                    // by its handle, for the process itself would close the output that is still to be read
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        process.waitFor();
        // the last line may be cut short by the kill
        return List.copyOf(answered.subList(0, answered.size() - 1));
    }
}
