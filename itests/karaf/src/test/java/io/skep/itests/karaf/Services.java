package io.skep.itests.karaf;

import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** OSGi services as a test needs them: waited for, used, and let go, so that the test itself keeps no old version alive. */
final class Services {
    /** More than any part needs to come up on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    /** What is done with a service. */
    @FunctionalInterface
    interface Use<S, T> {
        T with(S service) throws Exception;
    }

    /** Waits for a service and uses it. */
    <S, T> T with(Class<S> type, Use<S, T> use) throws Exception {
        return with(type, "(objectClass=*)", use);
    }

    /** Waits for the service that a filter chooses and uses it. */
    <S, T> T with(Class<S> type, String filter, Use<S, T> use) throws Exception {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, chosen(type, filter), null);
        tracker.open();
        try {
            S service = tracker.waitForService(PATIENCE.toMillis());
            if (service == null) {
                throw new AssertionError("no " + type.getName() + filter + " came within " + PATIENCE);
            }
            return use.with(service);
        } finally {
            tracker.close();
        }
    }

    private static Filter chosen(Class<?> type, String filter) throws InvalidSyntaxException {
        return FrameworkUtil.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")");
    }
}
