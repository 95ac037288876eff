package io.skep.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

/** A waiting event of a {@link Scope}. */
@ProviderType
@FunctionalInterface
public interface Timer {
    /** Prevents the event from running if it has not begun; idempotent, non-blocking, any thread. */
    void cancel();
}
