package io.skep.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.codec.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a node takes in the images that managers bring. */
class ImageReceiverTest {
    private static final String NODE = "worker";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ManualLoop loop = new ManualLoop();
    private final SimulatedNetwork wire = new SimulatedNetwork(loop.open("wire")::after);
    private final ArrivedFiles images = new ArrivedFiles();
    private final SimulatedNode node = new SimulatedNode(NODE, "swarm", NodeRole.WORKER, Path.of("unused"));
    private final ImageReceiver receiver =
            new ImageReceiver(node, wire.node(NODE, NodeRole.WORKER), loop, loop, images);
    private final Transport manager = wire.manager("manager");

    @BeforeEach
    void knowTheManager() {
        node.knows(new ManagerAddress("manager", "192.0.2.1:2377"), new ManagerAddress("second", "192.0.2.2:2377"));
    }

    private CompletableFuture<byte[]> ask(Transport from, String subject, Object question) {
        return from.request(NODE, subject, Codec.toBytes(question), PATIENCE).toCompletableFuture();
    }

    private CompletableFuture<byte[]> piece(String transfer, long offset, String content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        return ask(manager, ImageWire.PIECE, new ImageWire.Piece(transfer, "web.tar", offset, bytes));
    }

    private CompletableFuture<byte[]> load(String transfer, String digest) {
        return ask(manager, ImageWire.LOAD, new ImageWire.Load(transfer, digest, Optional.empty()));
    }

    private void bring(String transfer) {
        CompletableFuture<byte[]> first = piece(transfer, 0, "lay");
        loop.settle();
        Await.answer(first);
        CompletableFuture<byte[]> second = piece(transfer, 3, "ers");
        loop.settle();
        Await.answer(second);
    }

    private static ImageWire.Loading loading(CompletableFuture<byte[]> answer) {
        return Codec.fromBytes(Await.answer(answer), ImageWire.Loading.class);
    }

    private static ErrorCode refused(CompletableFuture<byte[]> answer) {
        return Await.failure(answer).code();
    }

    @Test
    void loadsWhatCameInPieces() {
        bring("t");
        CompletableFuture<byte[]> answer = load("t", "digest of layers");
        loop.settle();
        assertThat(loading(answer)).isEqualTo(new ImageWire.Loading(true, "", List.of("layers:1")));
        assertThat(images.left()).as("files that nobody needs any more").isEmpty();
    }

    @Test
    void saysItAgainToWhoeverDidNotHearIt() {
        bring("t");
        CompletableFuture<byte[]> unheard = load("t", "digest of layers");
        loop.settle();
        assertThat(unheard).isDone();
        CompletableFuture<byte[]> again = load("t", "digest of layers");
        loop.settle();
        assertThat(loading(again).references()).containsExactly("layers:1");
        assertThat(images.loads()).isEqualTo(1);
    }

    @Test
    void makesAnImageOfARootFileSystem() {
        bring("t");
        CompletableFuture<byte[]> answer = ask(
                manager,
                ImageWire.LOAD,
                new ImageWire.Load(
                        "t",
                        "digest of layers",
                        Optional.of(new ImageWire.Rootfs("example/web:1", ImageConfig.EMPTY))));
        loop.settle();
        assertThat(loading(answer).references()).containsExactly("example/web:1");
    }

    @Test
    void saysHowItGoesWhileItTakesLong() {
        bring("t");
        CompletableFuture<byte[]> early = load("t", "digest of layers");
        loop.drain();
        loop.skip(Duration.ofSeconds(2));
        loop.drain();
        assertThat(loading(early).done()).isFalse();
        CompletableFuture<byte[]> late = load("t", "digest of layers");
        loop.settle();
        assertThat(loading(late).done()).isTrue();
    }

    @Test
    void refusesAFileThatIsNotWhatWasSent() {
        bring("t");
        CompletableFuture<byte[]> answer = load("t", "digest of other");
        loop.settle();
        assertThat(refused(answer)).isEqualTo(ErrorCode.CORRUPT);
        assertThat(images.left()).isEmpty();
        assertThat(images.loads()).isZero();
    }

    @Test
    void refusesAPieceThatDoesNotFollow() {
        bring("t");
        for (long offset : new long[] {0, 3, 7}) {
            CompletableFuture<byte[]> answer = piece("t", offset, "x");
            loop.settle();
            assertThat(refused(answer)).isEqualTo(ErrorCode.WRONG_STATE);
        }
        CompletableFuture<byte[]> unknown = piece("u", 3, "x");
        loop.settle();
        assertThat(refused(unknown)).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void refusesASecondPieceBeforeTheFirstIsWritten() {
        CompletableFuture<byte[]> first = piece("t", 0, "lay");
        CompletableFuture<byte[]> second = piece("t", 0, "lay");
        loop.settle();
        Await.answer(first);
        assertThat(refused(second)).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void forgetsWhatNobodyBringsToItsEnd() {
        bring("t");
        loop.pass(Duration.ofSeconds(ImageWire.IDLE_SECONDS - 1));
        assertThat(images.left()).hasSize(1);
        loop.pass(Duration.ofSeconds(2));
        assertThat(images.left()).isEmpty();
        CompletableFuture<byte[]> late = piece("t", 6, "x");
        loop.settle();
        assertThat(refused(late)).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void keepsNothingOnAFullDisk() {
        images.full();
        CompletableFuture<byte[]> answer = piece("t", 0, "lay");
        loop.settle();
        assertThat(refused(answer)).isEqualTo(ErrorCode.EXHAUSTED);
        assertThat(images.left()).isEmpty();
    }

    @Test
    void keepsNothingWhenItIsStopped() {
        bring("t");
        CompletableFuture<byte[]> answer = load("t", "digest of layers");
        loop.drain();
        receiver.stop();
        assertThat(refused(answer)).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(images.left()).isEmpty();
        assertThat(refused(piece("u", 0, "lay"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void answersWhoeverWaitsWhenItIsStopped() {
        CompletableFuture<byte[]> answer = piece("t", 0, "lay");
        loop.drain();
        receiver.stop();
        assertThat(refused(answer)).isEqualTo(ErrorCode.PART_MISSING);
    }

    @Test
    void takesNothingFromAManagerThatWasDemotedAndKeptItsCertificate() {
        CompletableFuture<byte[]> answer = ask(
                wire.manager("former"),
                ImageWire.PIECE,
                new ImageWire.Piece("t", "web.tar", 0, ByteBuffer.allocate(1)));
        loop.settle();
        assertThat(refused(answer)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(images.left()).isEmpty();
    }

    @Test
    void takesNothingFromAWorker() {
        CompletableFuture<byte[]> answer = ask(
                wire.node("other", NodeRole.WORKER),
                ImageWire.PIECE,
                new ImageWire.Piece("t", "web.tar", 0, ByteBuffer.allocate(1)));
        loop.settle();
        assertThat(refused(answer)).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void keepsTheTransfersOfTwoManagersApart() {
        bring("t");
        CompletableFuture<byte[]> other = ask(
                wire.manager("second"),
                ImageWire.PIECE,
                new ImageWire.Piece("t", "api.tar", 0, ByteBuffer.wrap(new byte[] {'a'})));
        loop.settle();
        Await.answer(other);
        assertThat(images.left()).containsExactlyInAnyOrder("layers", "a");
    }
}
