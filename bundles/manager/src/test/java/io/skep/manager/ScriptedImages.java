package io.skep.manager;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node that takes images as a test says. */
final class ScriptedImages {
    private final Map<String, ByteArrayOutputStream> files = new HashMap<>();
    private final List<Transport.Registration> subjects;
    private Optional<SkepException> failure = Optional.empty();
    private int largest;
    private int asked;
    private boolean slow;
    private CompletableFuture<byte[]> held = new CompletableFuture<>();

    ScriptedImages(Transport transport) {
        subjects = List.of(
                transport.serve(
                        ImageWire.PIECE,
                        Access.MANAGERS,
                        (peer, body) -> answer(piece(Codec.fromBytes(body, ImageWire.Piece.class)))),
                transport.serve(
                        ImageWire.LOAD,
                        Access.MANAGERS,
                        (peer, body) -> load(Codec.fromBytes(body, ImageWire.Load.class))));
    }

    void failing(ErrorCode code, String message) {
        failure = Optional.of(new SkepException(code, message));
    }

    /** Answers a request to load only by {@link #say}. */
    ScriptedImages slow() {
        slow = true;
        return this;
    }

    /** Answers the request to load that came last. */
    void say(ImageWire.Loading loading) {
        held.complete(Codec.toBytes(loading));
    }

    void stop() {
        subjects.forEach(Transport.Registration::close);
    }

    byte[] file(String name) {
        return file(files, name).toByteArray();
    }

    private static ByteArrayOutputStream file(Map<String, ByteArrayOutputStream> files, String name) {
        return Objects.requireNonNull(files.get(name));
    }

    /** Bytes of the largest piece. */
    int largest() {
        return largest;
    }

    /** How often it was asked to load. */
    int asked() {
        return asked;
    }

    private boolean piece(ImageWire.Piece piece) {
        if (piece.offset() == 0) {
            files.put(piece.fileName(), new ByteArrayOutputStream());
        }
        ByteArrayOutputStream file = file(files, piece.fileName());
        if (file.size() != piece.offset()) {
            throw new AssertionError("a piece for " + piece.offset() + " after " + file.size());
        }
        byte[] content = new byte[piece.content().remaining()];
        piece.content().get(content);
        file.writeBytes(content);
        largest = Math.max(largest, content.length);
        return true;
    }

    private CompletionStage<byte[]> load(ImageWire.Load load) {
        asked++;
        boolean right = files.values().stream()
                .anyMatch(file -> digest(file.toByteArray()).equals(load.digest()));
        if (!right) {
            throw new AssertionError("no file has the digest " + load.digest());
        }
        held = new CompletableFuture<>();
        return slow ? held : answer(new ImageWire.Loading(true, "", List.of("web:1")));
    }

    private CompletionStage<byte[]> answer(Object value) {
        return failure.<CompletionStage<byte[]>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(Codec.toBytes(value)));
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
