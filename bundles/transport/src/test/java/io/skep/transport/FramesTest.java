package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FramesTest {
    private static ByteBuffer piece(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void readsWhatItWrites() {
        List<Frame> frames = List.of(
                new Frame.Request(1, "test.echo", 3, piece(3)),
                new Frame.Request(Long.MAX_VALUE, "x".repeat(64), Transport.MAX_BODY, piece(Frames.PIECE)),
                new Frame.Request(2, "a", 0, piece(0)),
                new Frame.RequestMore(3, piece(Frames.PIECE)),
                new Frame.Answer(4, 5, piece(5)),
                new Frame.AnswerMore(5, piece(6)),
                new Frame.Failure(6, ErrorCode.IN_USE, "belegt für immer"),
                new Frame.Goodbye(ErrorCode.FORBIDDEN, ""),
                Frame.Signal.PING,
                Frame.Signal.PONG,
                Frame.Signal.LEAVE,
                Frame.Signal.LEFT);

        assertThat(frames).allSatisfy(frame -> assertThat(pass(frame)).isEqualTo(frame));
    }

    private static Frame pass(Frame frame) {
        ByteBuf bytes = Frames.write(frame, UnpooledByteBufAllocator.DEFAULT);
        int length = bytes.readInt();
        assertThat(length).isEqualTo(bytes.readableBytes()).isLessThanOrEqualTo(Frames.LONGEST);
        return Frames.read(bytes);
    }

    @Test
    void cutsAMessageThatIsTooLongForAFrame() {
        Frame cut = pass(new Frame.Failure(1, ErrorCode.FAILED, "ü".repeat(100_000)));

        assertThat(((Frame.Failure) cut).message()).startsWith("üüü").hasSize(4096);
    }

    @Test
    void takesACodeThatOnlyANewerNodeKnowsForAFailure() {
        ByteBuf bytes = Unpooled.buffer().writeByte(5).writeLong(1).writeByte(3);
        bytes.writeBytes(TestSwarm.bytes("NEWwhat"));

        assertThat(Frames.read(bytes)).isEqualTo(new Frame.Failure(1, ErrorCode.FAILED, "what"));
    }

    @Test
    void refusesWhatNoNodeSends() {
        List<String> malformed = List.of(
                "",
                "00",
                "14",
                "ff",
                "01",
                "0100",
                "02000000",
                "010000000000000001",
                "030000000000000001ffffffff",
                // a body of 4 MiB and a byte
                "03000000000000000100400001",
                // subjects: none, too long for the frame, of other characters
                "010000000000000001000000010061",
                "0100000000000000010000000105616161",
                "01000000000000000100000001014161");

        assertThat(malformed).allSatisfy(hex -> assertThatThrownBy(
                        () -> Frames.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex))))
                .isInstanceOf(RuntimeException.class));
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(20);
            }
            try {
                Frames.read(Unpooled.wrappedBuffer(bytes));
            } catch (RuntimeException malformed) {
                assertThat(malformed).isNotNull();
            }
        }
    }
}
