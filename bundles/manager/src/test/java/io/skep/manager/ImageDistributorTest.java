package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.control.ImageDistribution;
import io.skep.api.control.ImageDistribution.Delivery;
import io.skep.api.dispatch.ImageWire;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.NodeStatus;
import io.skep.model.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How images are brought to all nodes. */
class ImageDistributorTest {
    private static final int SIZE = 2 * ImageWire.PIECE_BYTES + 5;

    private final ManualLoop loop = new ManualLoop();
    private final SimulatedNetwork wire = new SimulatedNetwork(loop.open("wire")::after);
    private final MemoryStore store = new MemoryStore();
    private final ImageDistributor distributor =
            new ImageDistributor(store, wire.manager("n1"), loop, loop, new CountingEntropy());

    private Path file;

    @BeforeEach
    void write(@TempDir Path directory) throws Exception {
        byte[] content = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) (i * 31);
        }
        file = Files.write(directory.resolve("web.tar"), content);
    }

    private ScriptedImages node(String id) {
        return node(id, NodeStatus.State.READY);
    }

    private ScriptedImages node(String id, NodeStatus.State state) {
        store.write(put(
                Table.NODES,
                Samples.node(id)
                        .withStatus(Optional.empty(), new NodeStatus(state, "", "10.0.0.1:2377"), Samples.NOW)));
        return new ScriptedImages(wire.manager(id));
    }

    private List<Delivery> outcome(ImageDistribution.Run run) {
        loop.settle();
        return Await.answer(run.outcome());
    }

    private ImageDistribution.Run begin() {
        return distributor.begin(file, Optional.empty());
    }

    private static Delivery delivered(String node) {
        return new Delivery(node, node, List.of("web:1"), Optional.empty());
    }

    @Test
    void bringsTheWholeFileToEveryNode() throws Exception {
        List<ScriptedImages> nodes = List.of(node("n1"), node("n2"), node("n3"));
        assertThat(outcome(begin())).containsExactly(delivered("n1"), delivered("n2"), delivered("n3"));
        for (ScriptedImages node : nodes) {
            assertThat(node.file("web.tar")).isEqualTo(Files.readAllBytes(file));
            assertThat(node.largest()).isEqualTo(ImageWire.PIECE_BYTES);
        }
    }

    @Test
    void doesItAgain() {
        node("n1");
        assertThat(outcome(begin())).isEqualTo(outcome(begin()));
    }

    @Test
    void reachesMoreNodesThanAreServedAtOnce() {
        for (int i = 10; i < 20; i++) {
            ScriptedImages unused = node("n" + i);
        }
        assertThat(outcome(begin())).hasSize(10).allMatch(one -> one.failure().isEmpty());
    }

    @Test
    void namesTheNodeThatIsDownAndServesTheOthers() {
        ScriptedImages unused = node("n1");
        ScriptedImages down = node("n2", NodeStatus.State.DOWN);
        List<Delivery> outcome = outcome(begin());
        assertThat(outcome.get(0)).isEqualTo(delivered("n1"));
        assertThat(outcome.get(1).failure().orElseThrow()).contains("down");
        assertThat(down.largest()).isZero();
    }

    @Test
    void namesTheNodeThatFailsAndServesTheOthers() {
        node("n1").failing(ErrorCode.EXHAUSTED, "no space left");
        ScriptedImages unused = node("n2");
        List<Delivery> outcome = outcome(begin());
        assertThat(outcome.get(0).failure()).contains("no space left");
        assertThat(outcome.get(1)).isEqualTo(delivered("n2"));
    }

    @Test
    void givesUpANodeThatDoesNotAnswerForOnePiece() {
        ScriptedImages unused = node("n1");
        ScriptedImages silent = node("n2");
        wire.cut("n2");
        ImageDistribution.Run run = begin();
        loop.settle();
        assertThat(run.outcome().toCompletableFuture()).isNotDone();
        assertThat(run.progress()).contains("1 of 2 nodes done");
        loop.pass(Duration.ofSeconds(30));
        List<Delivery> outcome = Await.answer(run.outcome());
        assertThat(outcome.get(0)).isEqualTo(delivered("n1"));
        assertThat(outcome.get(1).failure().orElseThrow()).contains("did not answer");
        assertThat(silent.largest()).isZero();
    }

    @Test
    void saysOfANodeWithoutARuntimeWhatIsMissing() {
        node("n1").stop();
        assertThat(outcome(begin()).get(0).failure().orElseThrow()).contains("runtime 'oci' is not running");
    }

    @Test
    void waitsAsLongAsANodeLoadsAndSaysWhatItDoes() {
        ScriptedImages slow = node("n1").slow();
        ImageDistribution.Run run = begin();
        for (int i = 0; i < 100; i++) {
            loop.pass(Duration.ofSeconds(2));
            slow.say(new ImageWire.Loading(false, "unpacking", List.of()));
            loop.settle();
            assertThat(run.progress()).contains("100 % sent").contains("n1: unpacking");
        }
        slow.say(new ImageWire.Loading(true, "", List.of("web:1")));
        assertThat(outcome(run)).containsExactly(delivered("n1"));
    }

    @Test
    void refusesWhatIsNoFile() {
        ScriptedImages unused = node("n1");
        for (Path wrong : List.of(file.resolveSibling("absent.tar"), file.resolveSibling("."))) {
            ImageDistribution.Run run = distributor.begin(wrong, Optional.empty());
            loop.settle();
            assertThat(Await.failure(run.outcome()).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
    }

    @Test
    void whoeverClosesItIsAnswered() {
        ScriptedImages one = node("n1");
        ImageDistribution.Run run = begin();
        loop.effect();
        loop.effect();
        run.close();
        loop.settle();
        assertThat(Await.failure(run.outcome()).code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(one.asked()).isZero();
    }

    @Test
    void itsEndEndsWhatIsOnItsWay() {
        ScriptedImages unused = node("n1");
        ImageDistribution.Run run = begin();
        loop.drain();
        distributor.stop();
        assertThat(Await.failure(run.outcome()).code()).isEqualTo(ErrorCode.PART_MISSING);
    }
}
