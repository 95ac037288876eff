package io.skep.agent;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One file with images that a manager brings: written piece by piece, then loaded. On the loop, but for {@link #end}. */
final class Arriving {
    /** How long a manager that asks for the end of the loading waits for an answer at most. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final Scope scope;
    private final Effects effects;
    private final ImageStore images;
    private final String fileName;
    private long size;
    private boolean busy;
    private Timer idle = () -> {};
    private Optional<CompletionStage<List<String>>> loaded = Optional.empty();
    /** Written by effects, one after the other. */
    private volatile Optional<ImageStore.Arrival> file = Optional.empty();

    private volatile String doing = "";
    private volatile CompletableFuture<byte[]> open = new CompletableFuture<>();

    Arriving(Scope scope, Effects effects, ImageStore images, String fileName) {
        this.scope = scope;
        this.effects = effects;
        this.images = images;
        this.fileName = fileName;
    }

    /** Writes what comes next, and answers then. */
    void append(ImageWire.Piece piece, CompletableFuture<byte[]> answer) {
        if (busy || piece.offset() != size || loaded.isPresent()) {
            answer.completeExceptionally(new SkepException(
                    ErrorCode.WRONG_STATE,
                    "a piece came for byte " + piece.offset() + " instead of " + size + "; repeat the command"));
            return;
        }
        int length = piece.content().remaining();
        effect(() -> write(piece)).whenComplete((done, failure) -> {
            size += failure == null ? length : 0;
            settle(answer, true, failure);
        });
        open = answer;
    }

    private boolean write(ImageWire.Piece piece) {
        if (file.isEmpty()) {
            file = Optional.of(images.receive(fileName));
        }
        ImageStore.Arrival arrival = file.get();
        boolean written = false;
        try {
            arrival.append(piece.content());
            written = true;
        } finally {
            if (!written || scope.closed()) {
                arrival.close();
            }
        }
        return true;
    }

    /** Loads when it is asked for the first time; answers when that is done, or after some seconds with how it goes. */
    void load(ImageWire.Load asked, CompletableFuture<byte[]> answer) {
        if (loaded.isEmpty() && (busy || file.isEmpty())) {
            answer.completeExceptionally(
                    new SkepException(ErrorCode.WRONG_STATE, "the file is not whole yet; repeat the command"));
            return;
        }
        if (loaded.isEmpty()) {
            loaded = Optional.of(effect(() -> loadNow(asked)));
        }
        open = answer;
        loaded.get()
                .whenComplete((references, failure) -> settle(
                        answer, new ImageWire.Loading(true, "", failure == null ? references : List.of()), failure));
        if (!answer.isDone()) {
            scope.after(NEWS, () -> settle(answer, new ImageWire.Loading(false, doing, List.of()), null));
        }
    }

    private List<String> loadNow(ImageWire.Load asked) {
        try (ImageStore.Arrival whole = file.orElseThrow()) {
            if (!whole.digest().equals(asked.digest())) {
                throw new SkepException(
                        ErrorCode.CORRUPT,
                        fileName + " arrived as " + whole.digest() + " and was sent as " + asked.digest()
                                + "; repeat the command");
            }
            List<Image> found = asked.rootfs()
                    .map(rootfs ->
                            List.of(images.importRootfs(whole.file(), rootfs.reference(), rootfs.config(), this::tell)))
                    .orElseGet(() -> images.load(whole.file(), this::tell));
            return found.stream().map(Image::reference).toList();
        }
    }

    private void tell(String phrase) {
        doing = phrase;
    }

    private <T> CompletionStage<T> effect(Callable<T> work) {
        busy = true;
        return effects.run(scope, work).whenComplete((done, failure) -> busy = false);
    }

    private static void settle(CompletableFuture<byte[]> answer, Object value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(Codec.toBytes(value));
        } else {
            answer.completeExceptionally(
                    failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure);
        }
    }

    /** Runs the event when nothing has come for so long; not while something is being done. */
    void expectMore(Duration patience, Runnable silent) {
        idle.cancel();
        idle = scope.after(patience, () -> {
            if (busy) {
                expectMore(patience, silent);
            } else {
                silent.run();
            }
        });
    }

    /** Removes what came; whoever waits is told. Any thread. */
    void end() {
        open.completeExceptionally(new SkepException(
                ErrorCode.PART_MISSING,
                "the agent of the node is being stopped; repeat the command when it runs again"));
        file.ifPresent(ImageStore.Arrival::close);
    }
}
