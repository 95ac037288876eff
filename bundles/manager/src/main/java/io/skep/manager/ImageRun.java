package io.skep.manager;

import io.skep.api.control.ImageDistribution;
import io.skep.api.control.ImageDistribution.Delivery;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One file on its way to all nodes, to a few at a time. Fields belong to the loop unless they say otherwise. */
final class ImageRun implements ImageDistribution.Run {
    /** Each holds a piece in memory, and a slow node must not keep the others waiting. */
    private static final int AT_ONCE = 4;

    private static final int PERCENT = 100;

    private final ImageCourier.Load load;
    private final Transport transport;
    private final Scope scope;
    private final Effects effects;
    private final Consumer<ImageRun> over;
    private final CompletableFuture<List<Delivery>> outcome = new CompletableFuture<>();
    private final Deque<Node> waiting = new ArrayDeque<>();
    private final List<ImageCourier> couriers = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private int nodes;
    private long size;
    /** Read by whoever shows it. */
    private volatile String progress = "looking for the nodes";

    ImageRun(ImageCourier.Load load, Transport transport, Scope scope, Effects effects, Consumer<ImageRun> over) {
        this.load = load;
        this.transport = transport;
        this.scope = scope;
        this.effects = effects;
        this.over = over;
    }

    void begin(Store store) {
        effects.run(scope, this::measured)
                .thenCompose(bytes -> {
                    size = bytes;
                    return store.sync();
                })
                .whenComplete((cluster, failure) -> onLoop(() -> {
                    if (failure == null) {
                        go(cluster);
                    } else {
                        fail(Requests.cause(failure));
                    }
                }));
    }

    private long measured() throws IOException {
        Path file = load.file();
        if (Files.isDirectory(file)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    file + " is a directory, and only a file is sent to other nodes; pack it with tar -C " + file
                            + " -cf FILE .");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, file + " is no readable file on this node; name one that is");
        }
        return Files.size(file);
    }

    private void go(Snapshot cluster) {
        for (Node node : cluster.all(Table.NODES)) {
            nodes++;
            if (node.status().state() == NodeStatus.State.READY) {
                waiting.add(node);
            } else {
                String state = node.status().state().name().toLowerCase(Locale.ROOT);
                deliveries.add(failed(node, "the node is " + state + "; repeat the command when it is ready"));
            }
        }
        for (int i = 0; i < AT_ONCE; i++) {
            next();
        }
        finish();
    }

    private void next() {
        Node node = waiting.poll();
        if (node == null) {
            return;
        }
        transport.learn(node.id(), node.status().addr());
        ImageCourier courier = new ImageCourier(load, node, transport, scope, effects, this::moved);
        couriers.add(courier);
        courier.bring().whenComplete((references, failure) -> {
            if (!scope.closed()) {
                deliveries.add(failure == null ? delivered(node, references) : failed(node, why(failure)));
                next();
                finish();
            }
        });
    }

    private void moved() {
        long sent = couriers.stream().mapToLong(ImageCourier::sent).sum();
        long all = Math.max(1, size * (waiting.size() + couriers.size()));
        String doing = couriers.stream()
                .map(ImageCourier::doing)
                .filter(phrase -> !phrase.isEmpty())
                .findFirst()
                .map(phrase -> "; " + phrase)
                .orElse("");
        progress = sent * PERCENT / all + " % sent, " + deliveries.size() + " of " + nodes + " nodes done" + doing;
    }

    private void finish() {
        moved();
        if (deliveries.size() == nodes) {
            deliveries.sort(Comparator.comparing(Delivery::node).thenComparing(Delivery::nodeId));
            outcome.complete(List.copyOf(deliveries));
            close();
        }
    }

    private void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
        close();
    }

    private void onLoop(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }

    private static Delivery delivered(Node node, List<String> references) {
        return new Delivery(node.id(), node.displayName(), references, Optional.empty());
    }

    private static Delivery failed(Node node, String why) {
        return new Delivery(node.id(), node.displayName(), List.of(), Optional.of(why));
    }

    private static String why(Throwable failure) {
        String message = Requests.cause(failure).getMessage();
        return message == null ? Requests.cause(failure).toString() : message;
    }

    @Override
    public CompletionStage<List<Delivery>> outcome() {
        return outcome;
    }

    @Override
    public String progress() {
        return progress;
    }

    @Override
    public void close() {
        outcome.completeExceptionally(new SkepException(
                ErrorCode.PART_MISSING, "bringing the images was given up on this node; repeat the command"));
        scope.close();
        over.accept(this);
    }
}
