package io.skep.agent;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.runtime.ImageStore;
import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
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

    /** Not answered yet. */
    private final Map<Object, CompletableFuture<byte[]>> open = new ConcurrentHashMap<>();

    private final LocalNode node;
    private final List<Transport.Registration> subjects;

    private record Key(String manager, String transferId) {}

    /** A question, on the loop. */
    private interface Asked<Q> {
        void by(Peer peer, Q question, CompletableFuture<byte[]> answer);
    }

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
        subjects = List.of(
                transport.serve(ImageWire.PIECE, Access.MANAGERS, onLoop(ImageWire.Piece.class, this::piece)),
                transport.serve(ImageWire.LOAD, Access.MANAGERS, onLoop(ImageWire.Load.class, this::load)));
    }

    @Deactivate
    void stop() {
        subjects.forEach(Transport.Registration::close);
        scope.close();
        arriving.values().forEach(Arriving::end);
        arriving.clear();
        SkepException gone = new SkepException(
                ErrorCode.PART_MISSING, "the runtime of node " + node.nodeId() + " has stopped; repeat the command");
        List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(gone));
    }

    private <Q> Handler onLoop(Class<Q> type, Asked<Q> asked) {
        return (peer, body) -> {
            checkListed(peer);
            Q question = Codec.fromBytes(body, type);
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            Object key = new Object();
            open.put(key, answer);
            scope.execute(() -> asked.by(peer, question, answer));
            return answer.whenComplete((done, failure) -> open.remove(key));
        };
    }

    /** A demoted manager may have kept its certificate; what it brings would run here. */
    private void checkListed(Peer peer) {
        boolean listed = peer.nodeId().equals(node.nodeId())
                || node.facts().managers().stream()
                        .anyMatch(manager -> manager.nodeId().equals(peer.nodeId()));
        if (!listed) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "node " + peer.nodeId() + " is no manager as far as node " + node.nodeId()
                            + " knows; if it has just become one, repeat the command in a moment");
        }
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
