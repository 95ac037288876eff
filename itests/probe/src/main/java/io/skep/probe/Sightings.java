package io.skep.probe;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Reports what a manager sees, a line each:
 *
 * <pre>
 * applied VERSION DIGEST   a transaction, and the first rows of it; the present version first and without a digest
 * leads TERM               this manager leads
 * follows TERM             another does, or nobody
 * </pre>
 *
 * The first line tells that nothing is missed from now on.
 */
final class Sightings {
    private static final String END = "";
    private static final int SHOWN = 4;

    private final BundleContext context;
    private final Consumer<String> out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Sightings(BundleContext context, Consumer<String> out) {
        this.context = context;
        this.out = out;
    }

    /** Reports until the thread is interrupted or the store goes. */
    void report() throws InterruptedException, InvalidSyntaxException {
        ServiceReference<Store> store = reference(Store.class);
        ServiceReference<EventLoop> loop = reference(EventLoop.class);
        ServiceListener gone = event -> {
            if (event.getType() == ServiceEvent.UNREGISTERING
                    && event.getServiceReference().equals(store)) {
                lines.add(END);
            }
        };
        context.addServiceListener(gone, "(objectClass=" + Store.class.getName() + ")");
        try (Scope scope = service(loop).open("probe")) {
            service(store).watch(scope, applied -> lines.add(line(applied)));
            service(store).onLeadership(scope, leadership -> lines.add(line(leadership)));
            print();
        } finally {
            context.removeServiceListener(gone);
            context.ungetService(store);
            context.ungetService(loop);
        }
    }

    private <S> ServiceReference<S> reference(Class<S> type) {
        ServiceReference<S> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("this node has no " + type.getSimpleName());
        }
        return reference;
    }

    private <S> S service(ServiceReference<S> reference) {
        return Objects.requireNonNull(context.getService(reference), "it has just gone");
    }

    private void print() throws InterruptedException {
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            out.accept(line);
        }
    }

    private static String line(Leadership leadership) {
        return (leadership.local() ? "leads " : "follows ") + leadership.term();
    }

    private static String line(Applied applied) {
        return "applied " + applied.snapshot().version()
                + (applied.changes().isEmpty() ? "" : " " + digest(applied.changes()));
    }

    /** The same for the same changes on every manager: the order of what has none does not count. */
    private static String digest(List<Change> changes) {
        String text = changes.stream()
                .flatMap(Sightings::lines)
                .map(line -> line.replaceAll(",$", ""))
                .sorted()
                .collect(Collectors.joining("\n"));
        String where = changes.stream()
                .map(change -> change.table() + "/" + change.id())
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(","));
        return Integer.toHexString(text.hashCode()) + ":" + where.replace(' ', '_');
    }

    private static Stream<String> lines(Change change) {
        Stream<String> where = Stream.of(change.table() + " " + change.id() + " " + change.expected());
        return change instanceof Change.Put<?> put
                ? Stream.concat(where, Codec.toJson(put.row()).lines())
                : where;
    }
}
