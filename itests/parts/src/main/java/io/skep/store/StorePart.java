package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.identity.Founding;
import io.skep.api.identity.LocalManager;
import io.skep.api.store.Epoch;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.parts.Kernel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The store as its bundle starts and stops it. */
public final class StorePart implements AutoCloseable {
    private static final String ENGINE = "simulated";

    private final ReplicatedStore store;

    /** No other manager is in another epoch. */
    private record NobodyElse() implements Others {
        @Override
        public CompletionStage<Map<String, Report>> ask(Collection<String> nodeIds) {
            return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public CompletionStage<Optional<Epoch>> latest() {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    /** One that has joined was told of the first epoch: somebody else founded it. */
    private record Told(SimulatedNode node) implements LocalManager {
        @Override
        public String memberId() {
            return node.memberId();
        }

        @Override
        public List<String> foundingMembers() {
            return node.foundingMembers().isEmpty() ? List.of("founder") : node.foundingMembers();
        }

        @Override
        public Path directory() {
            return node.directory();
        }

        @Override
        public byte[] logKey() {
            return node.logKey();
        }

        @Override
        public Optional<Founding> founding() {
            return node.founding();
        }

        @Override
        public void founded() {
            node.founded();
        }
    }

    public StorePart(Consensus consensus, SimulatedNode node, Kernel kernel) {
        Engines engines = new Engines(new Told(node), new NobodyElse());
        engines.add(ENGINE, consensus);
        engines.read(node.swarmId(), ENGINE);
        store = new ReplicatedStore(engines, node, kernel.loop(), kernel.effects(), kernel.entropy());
    }

    public Store store() {
        return store;
    }

    public Quorum quorum() {
        return store;
    }

    @Override
    public void close() {
        store.stop();
    }
}
