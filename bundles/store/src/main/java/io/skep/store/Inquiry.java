package io.skep.store;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.store.Epoch;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the other managers over the transport, outside of any group: it is answered when there is no quorum too. */
final class Inquiry implements Others {
    private static final String SUBJECT = "store.epoch";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Transport transport;
    private final LocalNode node;

    Inquiry(Transport transport, LocalNode node) {
        this.transport = transport;
        this.node = node;
    }

    /** Answers the others from now on. */
    static Transport.Registration serve(Transport transport, Engines engines) {
        return transport.serve(
                SUBJECT,
                Access.MANAGERS,
                (peer, body) ->
                        CompletableFuture.completedFuture(Codec.toBytes(new Report(engines.epoch(), engines.names()))));
    }

    @Override
    public CompletionStage<Map<String, Report>> ask(Collection<String> nodeIds) {
        CompletableFuture<Map<String, Report>> all = CompletableFuture.completedFuture(Map.of());
        for (String nodeId : nodeIds) {
            CompletionStage<Optional<Report>> one = ask(nodeId);
            all = all.thenCombine(one, (known, report) -> with(known, nodeId, report));
        }
        return all;
    }

    private CompletionStage<Optional<Report>> ask(String nodeId) {
        return transport
                .request(nodeId, SUBJECT, new byte[0], PATIENCE)
                .thenApply(answer -> Optional.of(Codec.fromBytes(answer, Report.class)))
                .exceptionally(unreachable -> Optional.empty());
    }

    private static Map<String, Report> with(Map<String, Report> known, String nodeId, Optional<Report> report) {
        Map<String, Report> more = new TreeMap<>(known);
        report.ifPresent(answer -> more.put(nodeId, answer));
        return more;
    }

    @Override
    public CompletionStage<Optional<Epoch>> latest() {
        return ask(others()).thenApply(reports -> reports.values().stream()
                .flatMap(report -> report.epoch().stream())
                .max(Comparator.comparingLong(Epoch::number)));
    }

    private List<String> others() {
        return node.facts().managers().stream()
                .map(ManagerAddress::nodeId)
                .filter(id -> !id.equals(node.nodeId()))
                .toList();
    }
}
