package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class NodeTest {
    private static final int WITH_CLOCK = 2;

    /** Seven of them shall fit, beside all else. */
    private static final long LARGEST = 220;

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(2).withClock(WITH_CLOCK));

    @BeforeAll
    static void start() {
        lab.get().up();
        lab.host(1)
                .skep("swarm:init", "--advertise-addr", lab.host(1).address())
                .text();
    }

    private static String nodes() {
        return lab.host(1).skep("swarm:node-ls", "-q").text();
    }

    @Test
    void commandsAnswerAndFailAsOverSsh() {
        Output users =
                Programs.run(List.of(lab.get().folder().resolve("h1/skep").toString(), "swarm:node-ls", "-q"), "");
        assertThat(users.text()).isEqualTo(nodes()).isNotEmpty();
        assertThat(lab.host(1).skep("swarm:service-rm", "nothing"))
                .satisfies(output -> assertThat(output.code()).isEqualTo(1))
                .satisfies(output -> assertThat(output.err()).contains("nothing"));
    }

    @Test
    void aNodeIsSmall() {
        lab.get().hosts().forEach(host -> assertThat(host.residentMegabytes()).isLessThan(LARGEST));
    }

    @Test
    void whatHappensIsWaitedFor() throws InterruptedException {
        try (Watch watch = Watch.of(lab.host(1))) {
            CompletableFuture<Output> created =
                    CompletableFuture.supplyAsync(() -> lab.host(1).skep("swarm:network-create", "awaited"));
            watch.until(
                    "the network is there",
                    Duration.ofSeconds(20),
                    () -> lab.host(1).skep("swarm:network-ls").text().contains("awaited"));
            assertThat(created.join().succeeded()).isTrue();
        }
    }

    @Test
    void aManagerTellsWhatItAppliesAndThatItLeads() throws InterruptedException {
        try (Lines sightings = lab.host(1).follow("probe:watch")) {
            List<String> first = List.of(next(sightings), next(sightings));
            assertThat(first).anyMatch(line -> line.matches("applied \\d+"));
            assertThat(first).anyMatch(line -> line.matches("leads \\d+"));
            lab.host(1).skep("swarm:network-create", "sighted").text();
            assertThat(next(sightings)).matches("applied \\d+ [0-9a-f]+:\\S+");
        }
    }

    private static String next(Lines lines) throws InterruptedException {
        return lines.next(Duration.ofSeconds(20)).orElseThrow();
    }

    @Test
    void eventsAreFollowedUntilTheNodeEnds() throws InterruptedException {
        try (Lines events = lab.host(2).follow("log:tail")) {
            lab.host(2).stopNode();
            assertThatThrownBy(() -> untilTheEnd(events)).hasMessageContaining("has ended");
        }
        lab.host(2).startNode();
    }

    private static void untilTheEnd(Lines lines) throws InterruptedException {
        Optional<String> line = lines.next(Duration.ofSeconds(20));
        while (line.isPresent()) {
            line = lines.next(Duration.ofSeconds(20));
        }
    }

    @Test
    void aNodeThatWasKilledComesBack() {
        String before = nodes();
        lab.host(1).killNode();
        assertThat(lab.host(1).skep("swarm:info").code()).isEqualTo(Output.UNREACHABLE);
        lab.host(1).startNode();
        assertThat(nodes()).isEqualTo(before);
    }

    @Test
    void aHostThatLostItsPowerComesBack() {
        String before = nodes();
        lab.host(1).powerOff();
        assertThat(lab.host(1).skep("swarm:info").code()).isEqualTo(Output.UNREACHABLE);
        assertThatThrownBy(() -> lab.host(1).killNode()).hasMessageContaining("h1 is without a node");
        lab.host(1).up();
        assertThat(nodes()).isEqualTo(before);
    }

    @Test
    void aPausedHostAnswersWhenItGoesOn() throws Exception {
        lab.host(1).pause();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(NodeTest::nodes);
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        lab.host(1).resume();
        assertThat(answer.get()).isEqualTo(nodes());
    }

    @Test
    void aClockIsStepped() {
        lab.host(WITH_CLOCK).stepClock(Duration.ofHours(-2));
        assertThat(time(WITH_CLOCK)).isBefore(Instant.now().minus(Duration.ofMinutes(119)));
        lab.host(WITH_CLOCK).stepClock(Duration.ZERO);
        assertThat(time(WITH_CLOCK))
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
        assertThatThrownBy(() -> lab.host(1).stepClock(Duration.ZERO)).hasMessageContaining("no clock for h1");
    }

    private static Instant time(int host) {
        String date = lab.host(host).skep("shell:date").text();
        return LocalDateTime.parse(date, DateTimeFormatter.ofPattern("MMM EEE dd HH:mm:ss yyyy", Locale.ENGLISH))
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }
}
