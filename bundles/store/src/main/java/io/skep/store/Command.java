package io.skep.store;

import io.skep.api.consensus.Group;
import io.skep.api.store.Epoch;
import io.skep.api.store.Transaction;
import io.skep.model.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** What the store puts into the log: one byte of kind, then CBOR. */
sealed interface Command {
    /** A transaction in one piece. */
    int TRANSACTION = 0;

    /** A transaction in one piece, deflated. */
    int DEFLATED = 1;

    /** A piece of a command that is larger than the engine takes. */
    int PIECE = 2;

    /** The first command of a new leader. */
    int TERM = 3;

    /** The last command of an epoch. */
    int HAND_OVER = 4;

    /** The first command of an epoch, but for the first one's. */
    int IMPORT = 5;

    /** Below this size deflating costs more than it saves. */
    int WORTH_DEFLATING = 2048;

    /** Room for a piece's own fields. */
    int PIECE_BYTES = Group.MAX_COMMAND - 256 - CommandSeal.OVERHEAD;

    /** {@return the command's bytes} */
    byte[] bytes();

    /**
     * A transaction.
     *
     * @param transaction what to apply
     */
    record Apply(Transaction transaction) implements Command {
        @Override
        public byte[] bytes() {
            byte[] plain = Codec.toBytes(transaction);
            return plain.length < WORTH_DEFLATING ? tagged(TRANSACTION, plain) : tagged(DEFLATED, deflate(plain));
        }
    }

    /**
     * A new leader's first command: from here on, what leaders before it decided is refused.
     *
     * @param term the new leader's
     */
    record BeginTerm(long term) implements Command {
        @Override
        public byte[] bytes() {
            return tagged(TERM, Codec.toBytes(term));
        }
    }

    /**
     * A piece of a larger command; the last one makes the whole visible.
     *
     * @param whole names the command
     * @param number from 0
     * @param of how many there are
     * @param part its bytes
     */
    record Piece(String whole, int number, int of, ByteBuffer part) implements Command {
        @Override
        public byte[] bytes() {
            return tagged(PIECE, Codec.toBytes(this));
        }
    }

    /**
     * The swarm goes on in another group: nothing that follows in this one is applied.
     *
     * @param next the epoch of that group
     */
    record HandOver(Epoch next) implements Command {
        @Override
        public byte[] bytes() {
            return tagged(HAND_OVER, Codec.toBytes(next));
        }
    }

    /**
     * The state with which an epoch begins; the first import counts, and they are all alike.
     *
     * @param epoch its number
     * @param saved a {@link SavedState}, deflated
     */
    record Import(long epoch, ByteBuffer saved) implements Command {
        /** The state as the beginning of an epoch. */
        static Import of(long epoch, State state) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                SavedState.write(state, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Import(epoch, ByteBuffer.wrap(deflate(out.toByteArray())));
        }

        State state() {
            byte[] deflated = new byte[saved.remaining()];
            saved.duplicate().get(deflated);
            try {
                return SavedState.read(new ByteArrayInputStream(inflate(deflated)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] bytes() {
            return tagged(IMPORT, Codec.toBytes(this));
        }
    }

    /** The command that {@link #bytes} wrote. */
    static Command read(byte[] bytes) {
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case TRANSACTION -> new Apply(Codec.fromBytes(body, Transaction.class));
            case DEFLATED -> new Apply(Codec.fromBytes(inflate(body), Transaction.class));
            case PIECE -> Codec.fromBytes(body, Piece.class);
            case TERM -> new BeginTerm(Codec.fromBytes(body, Long.class));
            case HAND_OVER -> new HandOver(Codec.fromBytes(body, Epoch.class));
            case IMPORT -> Codec.fromBytes(body, Import.class);
            default -> throw new IllegalArgumentException("no command of kind " + bytes[0]);
        };
    }

    /** The commands that carry {@code command} in pieces that the engine takes; itself when it is small. */
    static List<byte[]> split(byte[] command, Supplier<String> names) {
        if (command.length <= Group.MAX_COMMAND - CommandSeal.OVERHEAD) {
            return List.of(command);
        }
        String name = names.get();
        int of = (command.length + PIECE_BYTES - 1) / PIECE_BYTES;
        List<byte[]> pieces = new ArrayList<>(of);
        for (int i = 0; i < of; i++) {
            int from = i * PIECE_BYTES;
            ByteBuffer part = ByteBuffer.wrap(command, from, Math.min(command.length - from, PIECE_BYTES));
            pieces.add(new Piece(name, i, of, part).bytes());
        }
        return pieces;
    }

    private static byte[] tagged(int kind, byte[] body) {
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = (byte) kind;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    private static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, fast)) {
            deflated.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
        return out.toByteArray();
    }

    private static byte[] inflate(byte[] deflated) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
