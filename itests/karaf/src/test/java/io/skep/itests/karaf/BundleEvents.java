package io.skep.itests.karaf;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Notes which bundles other than a given one are resolved or unresolved. */
final class BundleEvents implements SynchronousBundleListener, AutoCloseable {
    private final BundleContext context;
    private final Bundle swapped;
    private final List<String> foreign = new CopyOnWriteArrayList<>();

    BundleEvents(BundleContext context, Bundle swapped) {
        this.context = context;
        this.swapped = swapped;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean wiring = event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.UNRESOLVED;
        if (wiring && event.getBundle().getBundleId() != swapped.getBundleId()) {
            String kind = event.getType() == BundleEvent.RESOLVED ? "resolved" : "unresolved";
            foreign.add(event.getBundle().getSymbolicName() + " " + kind);
        }
    }

    List<String> foreign() {
        return List.copyOf(foreign);
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
