package io.skep.shell.console;

import io.skep.api.consensus.Consensus;
import io.skep.api.control.Cluster;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.api.stack.StackSpec;
import io.skep.model.Node;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.Parts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names that the label of an argument stands for: those of all services for {@code SERVICE}, the words themselves for a choice such as
 * {@code vip|dnsrr}. None when nobody can tell.
 */
final class Names {
    private final Parts parts;

    Names(Parts parts) {
        this.parts = parts;
    }

    List<String> of(String label) {
        try {
            return Stream.of(label.split("\\|", -1))
                    .flatMap(this::choice)
                    .distinct()
                    .toList();
        } catch (SkepException e) {
            return List.of();
        }
    }

    private Stream<String> choice(String label) {
        int equals = label.indexOf('=');
        if (equals > 0) {
            return choice(label.substring(0, equals)).map(name -> name + "=");
        }
        boolean word = label.equals(label.toLowerCase(Locale.ROOT));
        return word ? Stream.of(label).filter(one -> !one.isEmpty()) : known(label);
    }

    private Stream<String> known(String label) {
        try {
            return switch (label) {
                case "SERVICE" -> services().map(service -> service.spec().name());
                case "STACK" -> services().flatMap(Names::stack);
                case "TASK" -> tasks();
                case "NODE" -> parts.cluster().all(Table.NODES).stream().map(Node::displayName);
                case "NETWORK" ->
                    parts.cluster().all(Table.NETWORKS).stream()
                            .map(network -> network.spec().name());
                case "SECRET" ->
                    parts.cluster().all(Table.SECRETS).stream()
                            .map(secret -> secret.spec().name());
                case "CONFIG" ->
                    parts.cluster().all(Table.CONFIGS).stream()
                            .map(config -> config.spec().name());
                case "IMAGE" ->
                    parts.call(ImageStore.class, ImageStore::list).stream().map(Image::reference);
                case "RUNTIME" -> parts.names(ContainerRuntime.class, ContainerRuntime.PROPERTY).stream();
                case "ENGINE" -> parts.names(Consensus.class, "engine").stream();
                case "STRATEGY" -> parts.call(Cluster.class, cluster -> Answers.of(cluster.strategies())).stream();
                default -> Stream.empty();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.empty();
        }
    }

    private Stream<Service> services() throws InterruptedException {
        return parts.cluster().all(Table.SERVICES).stream();
    }

    private static Stream<String> stack(Service service) {
        return Optional.ofNullable(service.spec().labels().get(StackSpec.LABEL)).stream();
    }

    private Stream<String> tasks() throws InterruptedException {
        return parts.cluster().all(Table.TASKS).stream()
                .filter(task -> !task.retired())
                .map(Task::name);
    }
}
