package io.skep.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdTest {
    @Test
    void isTheProcessAndNoLaterOneOfItsNumber() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();
        assertThat(id.alive()).isTrue();
        ProcessId impostor = new ProcessId(id.pid(), id.startTicks() + 1, id.boot());
        assertThat(impostor.alive()).isFalse();
        impostor.kill();
        assertThat(id.alive()).isTrue();
        id.kill();
        process.waitFor();
        assertThat(id.alive()).isFalse();
        assertThat(id.handle()).isEmpty();
    }

    @Test
    void killsATree() throws IOException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo up; wait").start();
        assertThat(shell.inputReader().readLine()).isEqualTo("up");
        ProcessHandle child = shell.descendants().findFirst().orElseThrow();
        ProcessId id = ProcessId.of(shell.pid()).orElseThrow();
        assertThat(ProcessId.killAll(List.of(id), Duration.ofSeconds(20))).isTrue();
        assertThat(ProcessId.of(child.pid())).isEmpty();
    }
}
