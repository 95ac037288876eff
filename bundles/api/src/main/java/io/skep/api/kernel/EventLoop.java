package io.skep.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The one thread of a node that owns all mutable state but the store's. A component opens a {@link Scope} of its own in
 * its constructor and closes it on deactivation; nothing of a closed scope runs any more.
 */
@ProviderType
public interface EventLoop {
    /**
     * Opens a scope. Non-blocking; may be called from any thread.
     *
     * @param name shown in logs and thread dumps, such as {@code manager}
     */
    Scope open(String name);

    /** True on the loop's own thread. */
    boolean inLoop();
}
