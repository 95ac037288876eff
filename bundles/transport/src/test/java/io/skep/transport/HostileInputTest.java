package io.skep.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever comes to the port, nodes go on. */
final class HostileInputTest {
    private final TestClock clock = new TestClock();
    private final TestSwarm swarm = new TestSwarm(clock);
    private final TlsTransport one = swarm.manager("one");

    HostileInputTest() {
        TestSwarm.echo(one, "test.echo", Access.MEMBERS);
        TestSwarm.echo(one, "test.managers", Access.MANAGERS);
        TestSwarm.echo(one, "ca.join", Access.ANYONE);
    }

    @AfterEach
    void stop() {
        swarm.close();
    }

    private void goesOn() {
        assertThat(TestSwarm.ask(swarm.worker("good"), "one", "test.echo", "goes on"))
                .isEqualTo("goes on");
    }

    private Stranger worker() throws IOException {
        return new Stranger(one.port(), swarm.ca().issue("worker", NodeRole.WORKER), Engines.PROTOCOL);
    }

    private Stranger anonymous() throws IOException {
        return new Stranger(one.port(), null, Engines.PROTOCOL);
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), one.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Reads until the other side closes. */
    private static void awaitEnd(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            assertThat(reset).isNotNull();
        }
    }

    @Test
    void endsWhatIsNoTls() throws IOException {
        byte[] noise = new byte[2000];
        new Random(3).nextBytes(noise);
        for (byte[] bytes : List.of("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), noise, new byte[100])) {
            try (Socket socket = plain()) {
                socket.getOutputStream().write(bytes);
                awaitEnd(socket);
            }
        }
        goesOn();
    }

    @Test
    void endsAHandshakeThatDoesNotCome() throws IOException {
        try (Socket mute = plain();
                Socket slow = plain()) {
            slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            long begun = System.nanoTime();

            awaitEnd(mute);
            awaitEnd(slow);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
        goesOn();
    }

    @Test
    void speaksNoOtherProtocol() {
        assertThatThrownBy(() -> new Stranger(one.port(), null, "http/1.1").closed())
                .isInstanceOf(SSLException.class);
    }

    @Test
    void endsAConnectionWithAMalformedFrame() throws IOException {
        List<String> malformed = List.of("00004001" + "00".repeat(100), "ffffffff00", "0000000163", "00000000");
        for (String hex : malformed) {
            try (Stranger stranger = worker()) {
                stranger.send(HexFormat.of().parseHex(hex));
                assertThat(stranger.closed()).isTrue();
            }
        }
        goesOn();
    }

    @Test
    void endsAConnectionThatBreaksTheRules() throws IOException {
        ByteBuffer piece = ByteBuffer.wrap(new byte[10]);
        List<List<Frame>> broken = List.of(
                List.of(new Frame.RequestMore(7, piece)),
                List.of(Stranger.request(1, "test.echo", 2000), Stranger.request(1, "test.echo", 2000)),
                List.of(
                        Stranger.request(1, "test.echo", 1005),
                        new Frame.RequestMore(1, ByteBuffer.wrap(new byte[10]))),
                List.of(Stranger.request(1, "test.echo", 2000), new Frame.RequestMore(1, ByteBuffer.allocate(0))));
        for (List<Frame> frames : broken) {
            try (Stranger stranger = worker()) {
                for (Frame frame : frames) {
                    stranger.send(frame);
                }
                assertThat(stranger.closed()).isTrue();
            }
        }
        goesOn();
    }

    @Test
    void ignoresAnswersToWhatItDidNotAsk() throws IOException {
        try (Stranger stranger = worker()) {
            stranger.send(new Frame.Answer(5, 3, ByteBuffer.wrap(new byte[3])));
            stranger.send(new Frame.AnswerMore(5, ByteBuffer.wrap(new byte[3])));
            stranger.send(new Frame.Failure(5, ErrorCode.FAILED, "?"));
            stranger.send(Stranger.request(1, "test.echo", 3));

            assertThat(stranger.read()).isInstanceOf(Frame.Answer.class);
        }
        goesOn();
    }

    @Test
    void keepsAWorkerFromWhatIsForManagers() throws IOException {
        try (Stranger stranger = worker()) {
            stranger.send(Stranger.request(1, "test.managers", 3));

            assertThat(stranger.read())
                    .isEqualTo(new Frame.Failure(
                            1, ErrorCode.FORBIDDEN, "'test.managers' is for managers, and node worker is a worker"));
        }
        goesOn();
    }

    @Test
    void tellsARefusedNodeWhyAndHearsNothing() throws IOException {
        CompletableFuture<String> heard = new CompletableFuture<>();
        one.serve("test.heard", Access.ANYONE, (peer, body) -> {
            heard.complete("heard");
            return CompletableFuture.completedFuture(body);
        });
        try (Stranger stranger =
                new Stranger(one.port(), new TestCa("swarm1").issue("forged", NodeRole.MANAGER), Engines.PROTOCOL)) {
            stranger.send(Stranger.request(1, "test.heard", 3));
            stranger.send(Stranger.request(2, "test.echo", 3));

            assertThat(stranger.read())
                    .isEqualTo(new Frame.Goodbye(
                            ErrorCode.FORBIDDEN,
                            "node one refuses this node: the certificate shown does not lead to a trusted root"));
            assertThat(stranger.closed()).isTrue();
        }
        assertThat(heard).isNotDone();
    }

    @Test
    void holdsNoMoreOfAPeersRequestsThanItMust() throws IOException {
        int largest = Transport.MAX_BODY;
        try (Stranger stranger = worker()) {
            for (int id = 1; id <= 9; id++) {
                stranger.send(Stranger.request(id, "test.echo", largest));
            }

            assertThat(stranger.read()).isInstanceOfSatisfying(Frame.Failure.class, failure -> {
                assertThat(failure.id()).isEqualTo(9);
                assertThat(failure.code()).isEqualTo(ErrorCode.EXHAUSTED);
            });
        }
        goesOn();
    }

    @Test
    void takesFewRequestsOfStrangers() throws IOException {
        one.serve("ca.silent", Access.ANYONE, (peer, body) -> new CompletableFuture<>());
        try (Stranger stranger = anonymous()) {
            for (int id = 1; id <= 5; id++) {
                stranger.send(Stranger.request(id, "ca.silent", 3));
            }

            assertThat(stranger.read()).isInstanceOfSatisfying(Frame.Failure.class, failure -> {
                assertThat(failure.id()).isEqualTo(5);
                assertThat(failure.code()).isEqualTo(ErrorCode.EXHAUSTED);
            });
        }
        goesOn();
    }

    @Test
    void doesNotKeepStrangersForLong() throws IOException {
        try (Stranger stranger = anonymous()) {
            stranger.send(Stranger.request(1, "ca.join", 3));
            assertThat(stranger.read()).isInstanceOf(Frame.Answer.class);

            clock.advance(Duration.ofSeconds(31));

            assertThat(stranger.closed()).isTrue();
        }
        goesOn();
    }

    @Test
    void keepsPlacesFreeForOtherHosts() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(plain());
            }
            long begun = System.nanoTime();
            awaitEnd(idle.get(99));

            // at once, while the first ones may keep silent until their handshake is over time
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Pace.NORMAL.handshake());
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
