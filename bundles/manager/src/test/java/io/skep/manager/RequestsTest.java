package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.kernel.Entropy;
import io.skep.api.stack.StackSpec;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.Service;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come at once, and requests that are repeated. */
class RequestsTest {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final int[] ids = {0};
    private final ControlApi control = new ControlApi(store, loop, new Entropy() {
        @Override
        public String newId() {
            return "id-" + ++ids[0];
        }

        @Override
        public long below(long bound) {
            return 0;
        }
    });

    @BeforeEach
    void found() {
        store.write(put(Table.SWARM, Samples.swarm()));
    }

    private CompletionStage<Service> create(String request, String spec) {
        return control.createService(request, SpecText.of(spec).service());
    }

    @Test
    void ofTwoServicesOfOneNameCreatedAtOnceOneIsRefused() {
        store.hold();
        CompletionStage<Service> first = create("", "web");
        CompletionStage<Service> second = create("", "web");
        store.release();
        assertThat(Await.answer(first).spec().name()).isEqualTo("web");
        assertThat(Await.failure(second).code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void ofTwoServicesWithOnePortCreatedAtOnceOneIsRefused() {
        store.hold();
        CompletionStage<Service> first = create("", "a ports=80:80");
        CompletionStage<Service> second = create("", "b ports=80:80");
        store.release();
        Await.answer(first);
        assertThat(Await.failure(second)).hasMessageContaining("already published by service a");
    }

    @Test
    void twoNetworksCreatedAtOnceHaveSubnetsOfTheirOwn() {
        store.hold();
        CompletionStage<Network> first =
                control.createNetwork("", SpecText.of("a").network());
        CompletionStage<Network> second =
                control.createNetwork("", SpecText.of("b").network());
        store.release();
        assertThat(Await.answer(second).subnet())
                .isNotEqualTo(Await.answer(first).subnet());
    }

    @Test
    void aNetworkIsNotRemovedUnderAServiceThatIsBeingCreated() {
        Network network =
                Await.answer(control.createNetwork("", SpecText.of("a").network()));
        store.hold();
        CompletionStage<Service> service = create("", "web networks=a");
        CompletionStage<Void> removal = control.removeNetwork("", network.id());
        store.release();
        Await.answer(service);
        assertThat(Await.failure(removal).code()).isEqualTo(ErrorCode.IN_USE);
    }

    @Test
    void manyAtOnceAllComeThrough() {
        store.hold();
        List<CompletionStage<Service>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(create("", "service-" + i));
        }
        store.release();
        all.forEach(Await::answer);
        assertThat(store.snapshot().all(Table.SERVICES)).hasSize(30);
    }

    @Test
    void aRepeatedRequestAppliesOnceAndAnswersTheSame() {
        Service first = Await.answer(create("r1", "web"));
        Service again = Await.answer(create("r1", "web"));
        assertThat(again).isEqualTo(first);
        assertThat(Await.failure(create("r2", "web")).code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void aRequestRepeatedWhileTheFirstIsUnderWayAppliesOnce() {
        store.hold();
        CompletionStage<Service> first = create("r1", "web");
        CompletionStage<Service> again = create("r1", "web");
        store.release();
        assertThat(Await.answer(again).id()).isEqualTo(Await.answer(first).id());
        assertThat(store.snapshot().all(Table.SERVICES)).hasSize(1);
    }

    @Test
    void aStaleVersionIsRefusedAndNotTriedAgain() {
        Service web = Await.answer(create("", "web"));
        long seen = store.snapshot().versionOf(Table.SERVICES, web.id());
        Await.answer(control.updateService(
                "", web.id(), seen, SpecText.of("web replicas=2").service()));
        CompletionStage<Service> stale = control.updateService(
                "", web.id(), seen, SpecText.of("web replicas=3").service());
        assertThat(Await.failure(stale).code()).isEqualTo(ErrorCode.OUT_OF_SEQUENCE);
        Await.answer(control.updateService(
                "", web.id(), Change.ANY, SpecText.of("web replicas=4").service()));
    }

    @Test
    void aStackThatIsAsAskedChangesNothing() {
        StackSpec stack = new StackSpec(
                "shop", List.of(), List.of(SpecText.of("shop_web stack=shop").service()));
        assertThat(Await.answer(control.deployStack("", stack, true))).containsExactly("Creating service shop_web");
        long version = store.snapshot().version();
        assertThat(Await.answer(control.deployStack("", stack, true))).isEmpty();
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void aStrategyIsChosenAmongThoseThereAre() {
        assertThat(Await.failure(control.useStrategy("", "spread")).code()).isEqualTo(ErrorCode.PART_MISSING);
    }

    @Test
    void beforeTheSwarmIsFoundedRequestsAreToldToWait() {
        ControlApi early = new ControlApi(new MemoryStore(), loop, new Entropy() {
            @Override
            public String newId() {
                return "id";
            }

            @Override
            public long below(long bound) {
                return 0;
            }
        });
        assertThat(Await.failure(early.createService("", SpecText.of("web").service()))
                        .code())
                .isEqualTo(ErrorCode.NO_LEADER);
    }
}
