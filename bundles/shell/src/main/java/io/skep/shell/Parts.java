package io.skep.shell;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Finds the services of Skep's bundles as they are at the moment, and explains when one is missing. */
public final class Parts {
    private static final int TRIES = 3;
    /** Docker's words for a node whose keys are closed. */
    public static final String LOCKED =
            "the swarm is encrypted and needs to be unlocked before it can be used: run swarm:unlock on this node";

    private static final String WORKER =
            "this node is not a swarm manager; run the command on a manager, or promote this node there with"
                    + " swarm:node-promote";
    private static final String ANY = "(" + Constants.OBJECTCLASS + "=*)";

    private final BundleContext context;
    private final Map<Class<?>, String> targets;

    /**
     * Looks in this framework.
     *
     * @param targets filters that choose among the engines of an exclusive service
     */
    public Parts(BundleContext context, Map<Class<?>, String> targets) {
        this.context = context;
        this.targets = Map.copyOf(targets);
    }

    /** Asks the service, or explains why it is missing. */
    public <S, T> T call(Class<S> type, SwarmCommand.Question<S, T> question) throws InterruptedException {
        ServiceReference<S> reference = chosen(type).orElseThrow(() -> missing(type));
        S service = started(reference, type);
        try {
            return question.ask(service);
        } finally {
            context.ungetService(reference);
        }
    }

    /** Ranking decides only where no engine is configured. */
    private <S> Optional<ServiceReference<S>> chosen(Class<S> type) {
        String target = targets.get(type);
        return target == null
                ? Optional.ofNullable(context.getServiceReference(type))
                : references(type, target).stream().max(Comparator.naturalOrder());
    }

    /** The state of the cluster, with everything that was acknowledged before. */
    public Snapshot cluster() throws InterruptedException {
        return call(Cluster.class, cluster -> Answers.of(cluster.read()));
    }

    /** Runs {@code event} when the service that was asked goes, at once if it has; the answer ends the watch. */
    <S> Runnable whenGone(Class<S> type, S service, Runnable event) {
        ServiceListener listener = change -> {
            if (change.getType() == ServiceEvent.UNREGISTERING) {
                event.run();
            }
        };
        listen(listener, type);
        if (!present(type, service)) {
            event.run();
        }
        return () -> context.removeServiceListener(listener);
    }

    private <S> boolean present(Class<S> type, S service) {
        Optional<ServiceReference<S>> reference = chosen(type);
        boolean same = reference.map(context::getService).stream().anyMatch(one -> one == service);
        reference.ifPresent(context::ungetService);
        return same;
    }

    private void listen(ServiceListener listener, Class<?> type) {
        try {
            context.addServiceListener(listener, "(" + Constants.OBJECTCLASS + "=" + type.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a class name needs no escape in a filter", e);
        }
    }

    /** Waits until a service is there, as that of a manager which is only just told what it needs; false when patience ended first. */
    public boolean await(Class<?> type, Duration patience) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                there.countDown();
            }
        };
        listen(listener, type);
        try {
            return chosen(type).isPresent() || there.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            context.removeServiceListener(listener);
        }
    }

    /** A service that is just being made is waited for: each try lasts as long as Declarative Services waits for its maker. */
    private <S> S started(ServiceReference<S> reference, Class<S> type) {
        for (int i = 0; i < TRIES; i++) {
            S service = context.getService(reference);
            if (service != null) {
                return service;
            }
        }
        throw missing(type);
    }

    /** The names under which services of a plug-in type are registered, sorted; those without a name are not for choosing. */
    public <S> List<String> names(Class<S> type, String property) {
        return references(type, "(" + property + "=*)").stream()
                .map(reference -> String.valueOf(reference.getProperty(property)))
                .sorted()
                .toList();
    }

    /** What parts said when they could not start, by bundle; empty when all is well. */
    public List<String> failures() {
        return new Diagnosis(context).failures();
    }

    /** Asks every service of a plug-in type, in the order of their names. */
    public <S, T> List<T> callAll(Class<S> type, String property, SwarmCommand.Question<S, T> question)
            throws InterruptedException {
        List<ServiceReference<S>> sorted = references(type, ANY).stream()
                .sorted((a, b) ->
                        String.valueOf(a.getProperty(property)).compareTo(String.valueOf(b.getProperty(property))))
                .toList();
        List<T> answers = new ArrayList<>();
        for (ServiceReference<S> reference : sorted) {
            Optional<S> service = Optional.ofNullable(context.getService(reference));
            if (service.isPresent()) {
                answers.add(question.ask(service.get()));
                context.ungetService(reference);
            }
        }
        return answers;
    }

    private <S> Collection<ServiceReference<S>> references(Class<S> type, String filter) {
        try {
            return context.getServiceReferences(type, filter);
        } catch (InvalidSyntaxException e) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    "the target " + filter + " in io.skep.shell.cfg is no filter such as (engine=compose); correct it",
                    e);
        }
    }

    private SkepException missing(Class<?> type) {
        Optional<String> standing = type == Identity.class || !new Diagnosis(context).livesInASwarm(type.getName())
                ? Optional.empty()
                : Optional.ofNullable(context.getServiceReference(Identity.class))
                        .map(context::getService)
                        .flatMap(identity -> standing(identity, type));
        if (standing.isPresent()) {
            return new SkepException(ErrorCode.WRONG_STATE, standing.get());
        }
        String target = Optional.ofNullable(targets.get(type))
                .map(filter -> "; io.skep.shell.cfg asks for " + filter)
                .orElse("");
        return new SkepException(ErrorCode.PART_MISSING, new Diagnosis(context).explain(type.getName()) + target);
    }

    /** How the node stands to a swarm, when that is why a part is missing. */
    private Optional<String> standing(Identity identity, Class<?> type) {
        if (identity.locked()) {
            return Optional.of(LOCKED);
        }
        Optional<LocalNode> node = identity.current();
        if (node.isEmpty()) {
            return Optional.of(
                    "this node is not part of a swarm; found one with swarm:init, or enter one with swarm:join");
        }
        boolean worker = node.get().role() == NodeRole.WORKER;
        return worker && new Diagnosis(context).isForManagers(type.getName()) ? Optional.of(WORKER) : Optional.empty();
    }
}
