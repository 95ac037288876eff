package io.skep.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The bytes of frames: a length of four bytes that does not count itself, a byte for the kind, and what the kind has. */
final class Frames {
    /** Of a body in one frame: what fits into one record of TLS with the longest head. */
    static final int PIECE = 16 * 1024 - 128;

    /** Of a frame after its length. */
    static final int LONGEST = 16 * 1024;

    static final int LENGTH_BYTES = 4;
    static final Pattern SUBJECT = Pattern.compile("[a-z0-9.-]{1,64}");

    private static final int MESSAGE_CHARACTERS = 4 * 1024;

    /** Of a frame, without its piece: most heads fit. */
    private static final int HEAD = 96;

    private static final int REQUEST = 1;
    private static final int REQUEST_MORE = 2;
    private static final int ANSWER = 3;
    private static final int ANSWER_MORE = 4;
    private static final int FAILURE = 5;
    private static final int GOODBYE = 6;

    private Frames() {}

    static ByteBuf write(Frame frame, ByteBufAllocator allocator) {
        ByteBuf out = allocator.heapBuffer(HEAD + piece(frame));
        out.writeInt(0);
        if (frame instanceof Frame.Request request) {
            writeText(out.writeByte(REQUEST).writeLong(request.id()).writeInt(request.total()), request.subject());
            out.writeBytes(request.piece().duplicate());
        } else if (frame instanceof Frame.RequestMore more) {
            out.writeByte(REQUEST_MORE)
                    .writeLong(more.id())
                    .writeBytes(more.piece().duplicate());
        } else if (frame instanceof Frame.Answer answer) {
            out.writeByte(ANSWER).writeLong(answer.id()).writeInt(answer.total());
            out.writeBytes(answer.piece().duplicate());
        } else if (frame instanceof Frame.AnswerMore more) {
            out.writeByte(ANSWER_MORE)
                    .writeLong(more.id())
                    .writeBytes(more.piece().duplicate());
        } else if (frame instanceof Frame.Failure failure) {
            writeError(out.writeByte(FAILURE).writeLong(failure.id()), failure.code(), failure.message());
        } else if (frame instanceof Frame.Goodbye goodbye) {
            writeError(out.writeByte(GOODBYE), goodbye.code(), goodbye.message());
        } else if (frame instanceof Frame.Signal signal) {
            out.writeByte(signal.kind());
        }
        return out.setInt(0, out.readableBytes() - LENGTH_BYTES);
    }

    private static int piece(Frame frame) {
        if (frame instanceof Frame.Request request) {
            return request.piece().remaining();
        } else if (frame instanceof Frame.RequestMore more) {
            return more.piece().remaining();
        } else if (frame instanceof Frame.Answer answer) {
            return answer.piece().remaining();
        }
        return frame instanceof Frame.AnswerMore more ? more.piece().remaining() : 0;
    }

    private static void writeText(ByteBuf out, String text) {
        out.writeByte(text.length()).writeCharSequence(text, US_ASCII);
    }

    private static void writeError(ByteBuf out, ErrorCode code, String message) {
        writeText(out, code.name());
        out.writeCharSequence(message.substring(0, Math.min(message.length(), MESSAGE_CHARACTERS)), UTF_8);
    }

    /**
     * Reads one frame without its length.
     *
     * @throws RuntimeException when it is malformed
     */
    static Frame read(ByteBuf in) {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case REQUEST -> request(in);
            case REQUEST_MORE -> new Frame.RequestMore(in.readLong(), readPiece(in));
            case ANSWER -> new Frame.Answer(in.readLong(), total(in), readPiece(in));
            case ANSWER_MORE -> new Frame.AnswerMore(in.readLong(), readPiece(in));
            case FAILURE -> new Frame.Failure(in.readLong(), readCode(in), readRest(in));
            case GOODBYE -> new Frame.Goodbye(readCode(in), readRest(in));
            default -> signal(kind);
        };
    }

    private static Frame.Request request(ByteBuf in) {
        long id = in.readLong();
        int total = total(in);
        return new Frame.Request(id, readSubject(in), total, readPiece(in));
    }

    private static int total(ByteBuf in) {
        int total = in.readInt();
        if (total < 0 || total > Transport.MAX_BODY) {
            throw new CorruptedFrameException("a body of " + total + " bytes");
        }
        return total;
    }

    private static Frame.Signal signal(int kind) {
        return Arrays.stream(Frame.Signal.values())
                .filter(signal -> signal.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new CorruptedFrameException("a frame of kind " + kind));
    }

    private static String readText(ByteBuf in) {
        return in.readCharSequence(in.readUnsignedByte(), US_ASCII).toString();
    }

    private static String readSubject(ByteBuf in) {
        String subject = readText(in);
        if (!SUBJECT.matcher(subject).matches()) {
            throw new CorruptedFrameException("a malformed subject");
        }
        return subject;
    }

    /** A code that only a newer version knows is {@code FAILED} here. */
    private static ErrorCode readCode(ByteBuf in) {
        String name = readText(in);
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.FAILED);
    }

    private static String readRest(ByteBuf in) {
        return in.readCharSequence(in.readableBytes(), UTF_8).toString();
    }

    private static ByteBuffer readPiece(ByteBuf in) {
        byte[] piece = new byte[in.readableBytes()];
        in.readBytes(piece);
        return ByteBuffer.wrap(piece);
    }
}
