package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.PortConfig;
import io.skep.model.ServiceMode;
import io.skep.model.TaskState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of docker expect to read. */
class TextsTest {
    private static String printed(Columns columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        columns.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "-5, Less than a second",
        "1, 1 second",
        "59, 59 seconds",
        "60, 1 minute",
        "3599, 59 minutes",
        "3600, 1 hour",
        "172799, 47 hours",
        "172800, 2 days"
    })
    void aSpan(long seconds, String text) {
        assertThat(Texts.span(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "999, 999B",
        "1000, 1kB",
        "1500, 1.5kB",
        "12345678, 12.3MB",
        "999499, 999kB",
        "999999, 1MB",
        "4400000000, 4.4GB",
        "123000000000000, 123TB",
        "1230000000000000, 1230TB"
    })
    void aSize(long bytes, String text) {
        assertThat(Texts.size(bytes)).isEqualTo(text);
    }

    @Test
    void aStateSaysSinceWhen() {
        Instant now = Instant.parse("2026-01-01T00:03:00Z");
        assertThat(Texts.state(TaskState.RUNNING, now.minusSeconds(180), now)).isEqualTo("Running 3 minutes ago");
    }

    @Test
    void portsAndModesAreAsDockerWritesThem() {
        PortConfig port = new PortConfig("", PortConfig.Protocol.UDP, 53, 5353, PortConfig.PublishMode.INGRESS);
        assertThat(Texts.ports(List.of(port, port.withPublishedPort(5354))))
                .isEqualTo("*:5353->53/udp, *:5354->53/udp");
        assertThat(Texts.mode(new ServiceMode(ServiceMode.Kind.REPLICATED_JOB, 1, 0)))
                .isEqualTo("replicated job");
        assertThat(Texts.lower(ServiceMode.Kind.GLOBAL_JOB)).isEqualTo("global-job");
        assertThat(Texts.capital(TaskState.SHUTDOWN)).isEqualTo("Shutdown");
        assertThat(Texts.id("abcdefghijklmnopqrstuvwxy")).isEqualTo("abcdefghijkl");
        assertThat(Texts.id("short")).isEqualTo("short");
    }

    @Test
    void aCellIsOneLineOfBoundedLength() {
        assertThat(Texts.cell("one\ntwo\rthree", 80)).isEqualTo("one two three");
        assertThat(Texts.cell("0123456789", 10)).isEqualTo("0123456789");
        assertThat(Texts.cell("01234567890", 10)).isEqualTo("012345678…");
    }

    @Test
    void columnsAreAlignedAndEndWithoutBlanks() {
        Columns columns = new Columns("ID", "NAME", "ERROR");
        columns.add("1", "wéb", "").add("22222", "a", "x");
        assertThat(printed(columns)).isEqualTo("""
                ID      NAME   ERROR
                1       wéb
                22222   a      x
                """);
    }

    @Test
    void aTableWithoutRowsIsItsHeading() {
        assertThat(printed(new Columns("ID", "NAME"))).isEqualTo("ID   NAME\n");
    }
}
