package io.skep.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.Endpoint;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name server on real sockets. The asker is 127.0.0.1, so that is a container's address here. */
final class NameServerTest {
    private final Path directory;
    private final int port;
    private final Path resolvConf;
    private final Questions questions;
    private NameServer server;

    NameServerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        port = freePort();
        resolvConf = directory.resolve("resolv.conf");
        Files.writeString(resolvConf, "search example\nnameserver 127.88.0.1\nnameserver 127.88.0.2\n");
        server = new NameServer(port, resolvConf, new EndpointMemory(directory.resolve("endpoints.cbor")));
        server.publish(table(2));
        questions = new Questions(InetAddress.getLoopbackAddress(), port);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void answersOverDatagramsAndStreams() throws IOException {
        assertThat(questions.udp("web")).isEqualTo("NOERROR 127.0.0.10 127.0.0.11");
        assertThat(questions.tcp("web.1", "nobody", "web.2"))
                .isEqualTo("NOERROR 127.0.0.10, NXDOMAIN, NOERROR 127.0.0.11");
    }

    @Test
    void putsEachAddressFirstInTurn() throws IOException {
        assertThat(List.of(questions.udp("web"), questions.udp("web")))
                .containsExactlyInAnyOrder("NOERROR 127.0.0.10 127.0.0.11", "NOERROR 127.0.0.11 127.0.0.10");
    }

    @Test
    void answersWhatWasPublishedLast() throws IOException {
        server.publish(table(1));
        assertThat(questions.udp("web")).isEqualTo("NOERROR 127.0.0.10");
    }

    @Test
    void cutsWhatDoesNotFitADatagramAndSendsItOverTcp() throws IOException {
        server.publish(table(100));
        assertThat(questions.udp("web")).startsWith("NOERROR cut");
        assertThat(questions.tcp("web")).doesNotContain("cut").contains(" 127.0.0.109");
    }

    @Test
    void survivesGarbage() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] packet : List.of(new byte[0], new byte[5], new byte[12], new byte[600])) {
                socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
            }
        }
        assertThat(questions.udp("web.1")).isEqualTo("NOERROR 127.0.0.10");
    }

    @Test
    void forwardsOtherNames() throws IOException {
        try (FakeResolver resolver = new FakeResolver("127.88.0.1", "203.0.113.7")) {
            resolver.start();
            assertThat(questions.udp("example.org")).isEqualTo("NOERROR 203.0.113.7");
            assertThat(questions.tcp("example.org")).isEqualTo("NOERROR 203.0.113.7");
        }
    }

    @Test
    void asksTheNextResolverWhenOneIsSilentAndAnswersOwnNamesMeanwhile() throws IOException {
        try (FakeResolver silent = new FakeResolver("127.88.0.1", "");
                FakeResolver second = new FakeResolver("127.88.0.2", "203.0.113.8")) {
            silent.start();
            second.start();
            try (DatagramSocket waiting = new DatagramSocket()) {
                byte[] packet = Questions.query("example.org").toWire();
                waiting.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
                Instant before = Instant.now();
                assertThat(questions.udp("web.1")).isEqualTo("NOERROR 127.0.0.10");
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(questions.udp("example.org")).isEqualTo("NOERROR 203.0.113.8");
        }
    }

    @Test
    void saysSoWhenNobodyOutsideAnswers() throws IOException {
        assertThat(questions.udp("example.org")).isEqualTo("SERVFAIL");
        assertThat(questions.tcp("example.org")).isEqualTo("SERVFAIL");
        Files.delete(resolvConf);
        assertThat(questions.udp("example.org")).isEqualTo("SERVFAIL");
    }

    @Test
    void leavesNoThreadAndNoSocket() throws IOException {
        for (int i = 0; i < 20; i++) {
            server.stop();
            server = new NameServer(port, resolvConf, new EndpointMemory(directory.resolve("endpoints.cbor")));
            server.publish(table(1));
            questions.tcp("web");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("skep-names"))
                .hasSize(1);
    }

    @Test
    void takesThePortWhenItsHolderGoes() throws IOException {
        server.stop();
        try (DatagramSocket holder = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            server = new NameServer(port, resolvConf, new EndpointMemory(directory.resolve("endpoints.cbor")));
            assertThat(holder.isBound()).isTrue();
        }
        server.publish(table(1));
        // Until it has the port the kernel refuses; it tries again every 2 s.
        assertThat(untilAnswered("web.1")).isEqualTo("NOERROR 127.0.0.10");
    }

    @Test
    void beginsWithTheNamesOfTheLastRun() throws IOException {
        server.stop();
        Path file = directory.resolve("endpoints.cbor");
        new EndpointMemory(file).keep(known(1), Known.segments(Map.of()));
        server = new NameServer(port, resolvConf, new EndpointMemory(file));
        assertThat(questions.tcp("web.1")).isEqualTo("NOERROR 127.0.0.10");
    }

    /** Below the range that clients' sockets take theirs from: a client with the server's port would answer itself. */
    private static int freePort() throws IOException {
        for (int candidate = 20000; ; candidate++) {
            try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                assertThat(candidate).isLessThan(30000);
            }
        }
    }

    private String untilAnswered(String name) throws IOException {
        Instant end = Instant.now().plusSeconds(10);
        IOException last = new IOException("never asked");
        while (Instant.now().isBefore(end)) {
            try {
                return questions.udp(name);
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }

    private static NameTable table(int tasks) {
        return NameTable.of(known(tasks).values().toList(), List.of());
    }

    private static Known<Endpoint> known(int tasks) {
        Map<String, byte[]> entries = IntStream.range(0, tasks)
                .mapToObj(i -> Bench.endpoint("tells", "n1", "web." + (i + 1), "web", "front", "127.0.0." + (10 + i)))
                .collect(Collectors.toMap(Endpoint::taskId, Codec::toBytes, (a, b) -> a, TreeMap::new));
        return Known.endpoints(Map.of("n1", entries));
    }
}
