package io.skep.api.kernel;

import java.time.Duration;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One component's share of the {@link EventLoop}: ordered, single-threaded, cancellable as a whole. All methods are
 * non-blocking and may be called from any thread.
 */
@ProviderType
public interface Scope extends AutoCloseable {
    /**
     * Runs {@code event} on the loop after everything that this scope was given before. An event must not block and should
     * take less than 5 ms. An exception that escapes from it closes the scope and is logged: a broken invariant stops the
     * component.
     *
     * @throws io.skep.model.SkepException with code {@code PART_MISSING} when the scope is closed
     */
    void execute(Runnable event);

    /** Runs {@code event} on the loop once {@code delay} has passed. */
    Timer after(Duration delay, Runnable event);

    /** The time of the loop's clock: wall time in production, virtual time in simulation. */
    Instant now();

    /** True once {@link #close()} was called or an event failed. */
    boolean closed();

    /** Drops the events that wait and cancels the timers; idempotent. An event that runs now ends first. */
    @Override
    void close();
}
