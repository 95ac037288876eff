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
    private final List<String> expected = new CopyOnWriteArrayList<>();
    private final List<String> foreign = new CopyOnWriteArrayList<>();

    BundleEvents(BundleContext context, Bundle swapped) {
        this.context = context;
        this.swapped = swapped;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean wiring = event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.UNRESOLVED;
        if (wiring) {
            String kind = event.getType() == BundleEvent.RESOLVED ? "resolved" : "unresolved";
            boolean own = event.getBundle().getBundleId() == swapped.getBundleId();
            (own ? expected : foreign).add(event.getBundle().getSymbolicName() + " " + kind);
        }
    }

    /** What the swapped bundle itself went through: without it nothing would have been heard at all. */
    List<String> expected() {
        return List.copyOf(expected);
    }

    /** What others went through. */
    List<String> foreign() {
        return List.copyOf(foreign);
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
