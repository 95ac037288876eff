package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatagramSealTest {
    private static final byte[] MESSAGE = "to whom it may concern".getBytes(StandardCharsets.US_ASCII);

    private final DatagramSeal sender = new DatagramSeal(SocketSwarm.ring(new byte[32]));
    private final DatagramSeal receiver = new DatagramSeal(SocketSwarm.ring(new byte[32]));

    @Test
    void whatIsSealedOpensOnce() {
        byte[] datagram = sender.seal(MESSAGE);

        assertThat(receiver.open(datagram)).isEqualTo(MESSAGE);
        assertThat(receiver.open(datagram)).isNull();
    }

    @Test
    void theMessageCannotBeRead() {
        assertThat(new String(sender.seal(MESSAGE), StandardCharsets.ISO_8859_1))
                .doesNotContain("whom");
    }

    @Test
    void noBitCanBeChanged() {
        for (int bit = 0; bit < 8 * (MESSAGE.length + DatagramSeal.OVERHEAD); bit++) {
            byte[] datagram = sender.seal(MESSAGE);
            datagram[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(receiver.open(datagram)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void noLengthIsTooShort() {
        byte[] datagram = sender.seal(MESSAGE);

        for (int length = 0; length < datagram.length; length++) {
            assertThat(receiver.open(Arrays.copyOf(datagram, length)))
                    .as("length %d", length)
                    .isNull();
        }
    }

    @Test
    void anotherSwarmsDatagramsDoNotOpen() {
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;

        assertThat(receiver.open(new DatagramSeal(SocketSwarm.ring(otherKey)).seal(MESSAGE)))
                .isNull();
    }

    @Test
    void whatComesBackToItsSenderDoesNotOpen() {
        assertThat(sender.open(sender.seal(MESSAGE))).isNull();
    }
}
