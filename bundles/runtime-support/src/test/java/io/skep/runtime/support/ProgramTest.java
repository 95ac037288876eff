package io.skep.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Program shell(String script) {
        return Program.of(LONG, List.of("/bin/sh", "-c", script));
    }

    @Test
    void collectsOutputErrorsAndExitCode() {
        assertThat(shell("echo a; echo b >&2; exit 3").run()).isEqualTo(new Program.Output(3, "a\nb\n"));
        assertThat(shell("echo a; echo b >&2").quiet().run().text()).isEqualTo("a\n");
    }

    @Test
    void inheritsNothingButAPath() {
        assertThat(shell("env").run().text().lines().map(line -> line.replaceAll("=.*", "")))
                .contains("PATH")
                .isSubsetOf("PATH", "PWD", "_", "SHLVL");
        assertThat(shell("echo $COLOUR").with("COLOUR", "green").run().text()).isEqualTo("green\n");
        assertThat(shell("pwd").in(Path.of("/usr")).run().text()).isEqualTo("/usr\n");
    }

    @Test
    void argumentsAreNotParsed() {
        assertThat(Program.of(LONG, List.of("echo", "$(id); `id` * 'x'")).run().text())
                .isEqualTo("$(id); `id` * 'x'\n");
    }

    @Test
    void boundsTheOutput() {
        assertThat(shell("head -c 3000000 /dev/zero").run().text()).hasSize(Program.MAX_OUTPUT);
    }

    @Test
    void killsWhatTakesTooLongWithItsChildren() {
        SkepException failure = catchThrowableOfType(SkepException.class, () -> Program.of(
                        Duration.ofMillis(300), List.of("/bin/sh", "-c", "sleep 1000; echo never"))
                .run());
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void doesNotWaitForWhatTheProgramLeavesBehind() {
        Program.Output output = shell("echo now; sleep 30 & exit 4").run();
        assertThat(output).isEqualTo(new Program.Output(4, "now\n"));
    }

    @Test
    void namesAMissingProgram() {
        SkepException failure =
                catchThrowableOfType(SkepException.class, () -> Program.of(LONG, List.of("/no/such/beekeeper"))
                        .run());
        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_INSTALLED);
        assertThat(failure).hasMessageContaining("beekeeper");
    }
}
