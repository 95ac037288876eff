package io.skep.agent;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.runtime.ImageStore;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Takes in images that managers bring ({@link ImageWire}) and loads them. Its end removes what is not whole yet. */
@Component(
        service = {},
        immediate = true)
public final class ImageReceiver {
    private static final Duration IDLE = Duration.ofSeconds(ImageWire.IDLE_SECONDS);

    private final Scope scope;
    private final Effects effects;
    private final ImageStore images;
    /** By manager and transfer. Changed on the loop, and by {@link #stop}. */
    private final Map<Key, Arriving> arriving = new ConcurrentHashMap<>();

    private final LocalNode node;
    private final Questions questions;
    private final List<Transport.Registration> subjects;

    private record Key(String manager, String transferId) {}

    @Activate
    public ImageReceiver(
            @Reference LocalNode node,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference ImageStore images) {
        this.node = node;
        this.effects = effects;
        this.images = images;
        scope = loop.open("images");
        questions = new Questions(node, scope);
        subjects = List.of(
                transport.serve(ImageWire.PIECE, Access.MANAGERS, questions.onLoop(ImageWire.Piece.class, this::piece)),
                transport.serve(ImageWire.LOAD, Access.MANAGERS, questions.onLoop(ImageWire.Load.class, this::load)));
    }

    @Deactivate
    void stop() {
        subjects.forEach(Transport.Registration::close);
        scope.close();
        arriving.values().forEach(Arriving::end);
        arriving.clear();
        questions.end("the runtime of node " + node.nodeId() + " has stopped; repeat the command");
    }

    private void piece(Peer peer, ImageWire.Piece piece, CompletableFuture<byte[]> answer) {
        Key key = new Key(peer.nodeId(), piece.transferId());
        Arriving one = piece.offset() == 0
                ? arriving.computeIfAbsent(key, begun -> new Arriving(scope, effects, images, piece.fileName()))
                : arriving.get(key);
        if (one == null) {
            answer.completeExceptionally(unknown());
            return;
        }
        one.append(piece, answer);
        watch(key, one);
    }

    private void load(Peer peer, ImageWire.Load asked, CompletableFuture<byte[]> answer) {
        Key key = new Key(peer.nodeId(), asked.transferId());
        Arriving one = arriving.get(key);
        if (one == null) {
            answer.completeExceptionally(unknown());
            return;
        }
        one.load(asked, answer);
        watch(key, one);
    }

    /** Whoever failed, or is silent for too long, is forgotten with what came. */
    private void watch(Key key, Arriving one) {
        one.expectMore(IDLE, () -> {
            arriving.remove(key, one);
            effects.run(scope, () -> {
                one.end();
                return true;
            });
        });
    }

    private static SkepException unknown() {
        return new SkepException(
                ErrorCode.WRONG_STATE,
                "this node has given up the transfer, or was started anew meanwhile; repeat the command");
    }
}
