package io.skep.probe;

import io.skep.api.control.Cluster;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/** Reports {@code manager} whenever this node begins to answer as one, and {@code worker} when it ends to; first what it is now. */
final class Roles {
    private final BundleContext context;
    private final Consumer<String> out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Roles(BundleContext context, Consumer<String> out) {
        this.context = context;
        this.out = out;
    }

    /** Reports until the thread is interrupted. */
    void report() throws InterruptedException, InvalidSyntaxException {
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                lines.add("manager");
            } else if (event.getType() == ServiceEvent.UNREGISTERING) {
                lines.add("worker");
            }
        };
        context.addServiceListener(listener, "(objectClass=" + Cluster.class.getName() + ")");
        try {
            lines.add(context.getServiceReference(Cluster.class) == null ? "worker" : "manager");
            while (!Thread.currentThread().isInterrupted()) {
                out.accept(lines.take());
            }
        } finally {
            context.removeServiceListener(listener);
        }
    }
}
