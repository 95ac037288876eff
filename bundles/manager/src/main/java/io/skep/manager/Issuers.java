package io.skep.manager;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * From which root the certificate of each node with a session comes, by the root's digest: the dispatcher hears of it, and a rotation of the root ends when it
 * is the new one everywhere. Empty on a manager that does not lead. Thread-safe.
 */
@Component(service = Issuers.class)
public final class Issuers {
    private final Map<String, String> issuers = new ConcurrentSkipListMap<>();
    private volatile Runnable listener = () -> {};

    @Activate
    public Issuers() {
        // Filled by the dispatcher.
    }

    void tell(String nodeId, String issuer) {
        if (!issuer.equals(issuers.put(nodeId, issuer))) {
            listener.run();
        }
    }

    /** Tells one listener of every change from now on, which hands over and returns. */
    void onChange(Runnable told) {
        listener = told;
    }

    void clear() {
        issuers.clear();
    }

    Map<String, String> all() {
        return new TreeMap<>(issuers);
    }
}
