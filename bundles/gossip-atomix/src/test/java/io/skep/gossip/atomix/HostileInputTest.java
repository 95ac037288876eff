package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What strangers send, and what members send that is broken, changes nothing. */
class HostileInputTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(20_250_101);

    @Test
    void rubbishOnBothPortsIsDropped() throws IOException {
        try (SocketSwarm swarm = new SocketSwarm()) {
            Gossip one = swarm.start("one");
            InetSocketAddress port =
                    Endpoint.parse(one.members().get(0).address()).socketAddress();
            rubbishDatagrams(port);
            rubbishStreams(port);

            Gossip two = swarm.start("two");
            two.seed(List.of(one.members().get(0).address()));
            two.publish("endpoints", Map.of("large", new byte[16_000]));

            assertThat(swarm.until(() -> one.table("endpoints").containsKey("two"), DEADLINE))
                    .isTrue();
        }
    }

    private void rubbishDatagrams(InetSocketAddress port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] rubbish = new byte[random.nextInt(3_000)];
                random.nextBytes(rubbish);
                if (rubbish.length > 0 && random.nextBoolean()) {
                    rubbish[0] = 1;
                }
                socket.send(new DatagramPacket(rubbish, rubbish.length, port));
            }
        }
    }

    private void rubbishStreams(InetSocketAddress port) throws IOException {
        for (int length : new int[] {-1, 0, 15, 17, 60_000, 65_536, 65_537, Integer.MAX_VALUE}) {
            try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
                byte[] rubbish = new byte[70_000];
                random.nextBytes(rubbish);
                ByteBuffer.wrap(rubbish).putInt(0, 1).putInt(StreamSeal.GREETING, length);
                socket.getOutputStream().write(rubbish);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (SocketException reset) {
                assertThat(reset).hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
        }
    }

    @Test
    void anotherSwarmsNodeIsNoMember() {
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        GossipSettings own = SocketSwarm.settings("stranger", 1, GossipSettings.Pace.NORMAL);
        GossipSettings other = new GossipSettings(
                own.nodeId(), SocketSwarm.ring(otherKey), own.bind(), 0, own.advertise(), own.run(), own.pace());
        try (SocketSwarm swarm = new SocketSwarm();
                AtomixGossip stranger = new AtomixGossip(other, channel -> channel)) {
            Gossip one = swarm.start("one");
            Gossip two = swarm.start("two");
            String known = one.members().get(0).address();
            stranger.seed(List.of(known));
            stranger.publish("endpoints", Map.of("evil", new byte[16_000]));
            two.seed(List.of(known, stranger.members().get(0).address()));

            assertThat(swarm.until(() -> one.members().size() == 2, DEADLINE)).isTrue();
            swarm.until(() -> false, Duration.ofSeconds(1));

            assertThat(one.members()).extracting(Member::nodeId).containsExactly("one", "two");
            assertThat(one.table("endpoints")).isEmpty();
            assertThat(stranger.members()).hasSize(1);
        }
    }

    @Test
    void brokenMessagesOfMembersAreDropped() {
        Delta delta = new Delta(
                new UnitId("owner", "t"), 1, 0, 2, List.of(new Change("a", 1, new byte[3]), new Change("b", 2, null)));
        LoopedChannel channel = new LoopedChannel();
        Post post = new Post(channel);
        Roster roster = new Roster("self", channel.endpoint());
        Tables tables = new Tables("self", 1);
        new AntiEntropy(post, tables, roster, new Retention(1), unknown -> {});
        post.open();
        WireWriter message = post.message(Kind.DELTAS).i32(1);
        TableWire.delta(message, delta);
        byte[] good = message.toByteArray();

        for (int i = 0; i < ROUNDS; i++) {
            byte[] broken = good.clone();
            for (int j = 0; j <= i % 4; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            channel.receiver.accept(Arrays.copyOf(broken, random.nextInt(broken.length + 1)));
            broken[0] = (byte) random.nextInt(9);
            channel.receiver.accept(broken);
        }
        channel.receiver.accept(good);

        assertThat(tables.version(delta.unit())).isNotEqualTo(UnitVersion.NOTHING);
    }

    /** Sends nothing and receives what the test gives it. */
    private static final class LoopedChannel implements Channel {
        private Consumer<byte[]> receiver = message -> {};

        @Override
        public void open(Consumer<byte[]> to) {
            receiver = to;
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", 7946);
        }

        @Override
        public void send(Endpoint to, byte[] message) {
            assertThat(message).isNotEmpty();
        }
    }
}
