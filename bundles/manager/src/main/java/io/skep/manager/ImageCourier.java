package io.skep.manager;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings one file to one node: a piece, the answer, the next piece; then asks until it is loaded. On the loop. */
final class ImageCourier {
    /** A disk may stop for a while; a node without power is found out by the transport. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Load load;
    private final Node node;
    private final Transport transport;
    private final Scope scope;
    private final Effects effects;
    private final Runnable moved;
    private final CompletableFuture<List<String>> loaded = new CompletableFuture<>();
    /** Belongs to the effect under way, of which there is one. */
    private final MessageDigest digest = sha256();

    private long sent;
    private String doing = "";

    /**
     * What is brought.
     *
     * @param file on this host
     * @param rootfs when an image is to be made of it
     * @param id names the transfer
     */
    record Load(Path file, Optional<ImageWire.Rootfs> rootfs, String id) {
        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /** A piece on its way, of so many bytes; none at the end of the file. */
    private record Sent(int length, Optional<CompletionStage<byte[]>> answer) {}

    ImageCourier(Load load, Node node, Transport transport, Scope scope, Effects effects, Runnable moved) {
        this.load = load;
        this.node = node;
        this.transport = transport;
        this.scope = scope;
        this.effects = effects;
        this.moved = moved;
    }

    /** Begins; completes on the loop with the names of the images on that node. */
    CompletionStage<List<String>> bring() {
        sendNext();
        return loaded;
    }

    long sent() {
        return sent;
    }

    /** What the node does with the file, for people; empty while it is sent, and once it is loaded. */
    String doing() {
        return doing;
    }

    private void sendNext() {
        effects.run(scope, () -> send(sent)).whenComplete((piece, failure) -> {
            if (failure != null) {
                loaded.completeExceptionally(failure);
            } else if (piece.answer().isEmpty()) {
                askToLoad();
            } else {
                await(piece.answer().get(), Boolean.class, done -> arrived(piece.length()));
            }
        });
    }

    private void arrived(int length) {
        sent += length;
        moved.run();
        if (length == 0) {
            askToLoad();
        } else {
            sendNext();
        }
    }

    /** Reads a piece and sends it unless it is the end; off the loop, for a piece takes a while to pack, too. */
    private Sent send(long from) {
        ByteBuffer piece = read(from);
        int length = piece.remaining();
        return length == 0 && from > 0
                ? new Sent(0, Optional.empty())
                : new Sent(
                        length,
                        Optional.of(
                                request(ImageWire.PIECE, new ImageWire.Piece(load.id(), load.name(), from, piece))));
    }

    /** Opened anew each time, so that nothing is left open whenever this ends. */
    private ByteBuffer read(long from) {
        try (FileChannel channel = FileChannel.open(load.file())) {
            ByteBuffer piece = ByteBuffer.allocate(ImageWire.PIECE_BYTES);
            int count = 0;
            while (count >= 0 && piece.hasRemaining()) {
                count = channel.read(piece, from + piece.position());
            }
            piece.flip();
            digest.update(piece.duplicate());
            return piece;
        } catch (IOException e) {
            throw new SkepException(ErrorCode.FAILED, "reading " + load.file() + " failed: " + e, e);
        }
    }

    private void askToLoad() {
        String whole = "sha256:" + HexFormat.of().formatHex(digest.digest());
        askToLoad(new ImageWire.Load(load.id(), whole, load.rootfs()));
    }

    private void askToLoad(ImageWire.Load question) {
        await(request(ImageWire.LOAD, question), ImageWire.Loading.class, answer -> {
            doing = answer.doing().isEmpty() ? "" : node.displayName() + ": " + answer.doing();
            if (answer.done()) {
                loaded.complete(answer.references());
            } else {
                moved.run();
                askToLoad(question);
            }
        });
    }

    private CompletionStage<byte[]> request(String subject, Object question) {
        return transport.request(node.id(), subject, Codec.toBytes(question), PATIENCE);
    }

    private <A> void await(CompletionStage<byte[]> asked, Class<A> type, Consumer<A> then) {
        asked.thenApply(bytes -> Codec.fromBytes(bytes, type)).whenComplete((answer, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> answered(answer, failure, then));
            }
        });
    }

    private <A> void answered(@Nullable A answer, @Nullable Throwable failure, Consumer<A> then) {
        if (answer == null) {
            loaded.completeExceptionally(
                    failure == null
                            ? new SkepException(ErrorCode.FAILED, "the node answered nothing")
                            : explained(failure));
        } else {
            then.accept(answer);
        }
    }

    /** A node without a runtime for images serves no such subject. */
    private static Throwable explained(Throwable failure) {
        return Requests.cause(failure) instanceof SkepException known && known.code() == ErrorCode.NOT_FOUND
                ? new SkepException(
                        ErrorCode.PART_MISSING,
                        "the node takes no images: its agent or its runtime 'oci' is not running; see swarm:node-inspect",
                        failure)
                : failure;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
