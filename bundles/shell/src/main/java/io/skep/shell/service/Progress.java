package io.skep.shell.service;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Following;
import io.skep.shell.Parts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until services run as they should, and says how it goes whenever that changes. */
public final class Progress {
    private final Parts parts;
    private final Consumer<String> print;
    private String said = "";

    /** Prints what changes to {@code print}. */
    public Progress(Parts parts, Consumer<String> print) {
        this.parts = parts;
        this.print = print;
    }

    /**
     * Waits for services; those that are removed meanwhile count as done.
     *
     * @throws SkepException {@code TIMED_OUT} with what is missing, {@code WRONG_STATE} when an update does not go on by itself
     */
    public void await(Collection<String> serviceIds, Duration patience) throws InterruptedException {
        List<Convergence> last = new ArrayList<>();
        boolean unused = new Following(parts).until(patience, cluster -> done(look(cluster, serviceIds)), cluster -> {
            last.clear();
            last.addAll(look(cluster, serviceIds));
            say(last);
        });
        Optional<Convergence> missing = last.stream()
                .filter(one -> !one.done())
                .min(Comparator.comparing(one -> one.halted().isEmpty()));
        if (missing.isPresent()) {
            throw failure(missing.get(), patience);
        }
    }

    private static List<Convergence> look(Snapshot cluster, Collection<String> serviceIds) {
        return serviceIds.stream()
                .flatMap(id -> cluster.find(Table.SERVICES, id).stream())
                .map(service -> Convergence.of(cluster, service))
                .toList();
    }

    private static boolean done(List<Convergence> services) {
        return services.stream().allMatch(Convergence::done)
                || services.stream().anyMatch(one -> !one.halted().isEmpty());
    }

    private void say(List<Convergence> services) {
        StringBuilder line = new StringBuilder();
        for (Convergence one : services) {
            line.append(line.isEmpty() ? "" : ", ")
                    .append(one.name())
                    .append(' ')
                    .append(one.running())
                    .append('/')
                    .append(one.wanted());
            if (!one.done() && !one.trouble().isEmpty()) {
                line.append(" (").append(one.trouble()).append(')');
            }
        }
        if (!line.toString().equals(said)) {
            said = line.toString();
            print.accept(said);
        }
    }

    private static SkepException failure(Convergence missing, Duration patience) {
        String state = missing.name() + " has " + missing.running() + " of " + missing.wanted() + " tasks running";
        String reason = missing.trouble().isEmpty() ? "" : ": " + missing.trouble();
        String remedy = "; see swarm:service-ps " + missing.name() + " and swarm:service-logs " + missing.name();
        return !missing.halted().isEmpty()
                ? new SkepException(ErrorCode.WRONG_STATE, missing.halted() + ", " + state + reason + remedy)
                : new SkepException(
                        ErrorCode.TIMED_OUT, "after " + patience.toSeconds() + " s " + state + reason + remedy);
    }
}
