package io.skep.identity;

import io.skep.model.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The services that are announced, and the story of how they came and went. */
final class Registry implements Announcements {
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Runnable whenManagerGoes = () -> {};

    private final class Service implements Announced {
        private final Object instance;
        private final List<Class<?>> types;
        private NodeRole role;

        Service(Object instance, List<Class<?>> types, NodeRole role) {
            this.instance = instance;
            this.types = types;
            this.role = role;
        }

        String name() {
            return types.get(0).getSimpleName();
        }

        @Override
        public void role(NodeRole told) {
            role = told;
        }

        @Override
        public void withdraw() {
            if (services.remove(this)) {
                if (name().equals("LocalManager")) {
                    whenManagerGoes.run();
                }
                story.add("-" + name());
            }
        }
    }

    @Override
    public Announced announce(Object service, List<Class<?>> types, NodeRole role) {
        Service announced = new Service(service, types, role);
        services.add(announced);
        story.add("+" + announced.name());
        return announced;
    }

    <T> Optional<T> service(Class<T> type) {
        return services.stream()
                .filter(service -> service.types.contains(type))
                .map(service -> type.cast(service.instance))
                .findFirst();
    }

    Optional<NodeRole> role(Class<?> type) {
        return services.stream()
                .filter(service -> service.types.contains(type))
                .map(service -> service.role)
                .findFirst();
    }

    boolean empty() {
        return services.isEmpty();
    }

    /** What happened since it was asked last. */
    String story() {
        String told = String.join(" ", story);
        story.clear();
        return told;
    }

    void whenManagerGoes(Runnable event) {
        whenManagerGoes = event;
    }
}
