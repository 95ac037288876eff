package io.skep.consensus.atomix;

import io.atomix.utils.concurrent.AbstractThreadContext;
import io.atomix.utils.concurrent.Scheduled;
import io.atomix.utils.concurrent.ThreadContextFactory;
import java.time.Duration;

/** The threads on which Atomix would publish events to sessions: none, for the service publishes none. */
final class NoEvents extends AbstractThreadContext {
    static final ThreadContextFactory FACTORY = NoEvents::new;

    @Override
    public void execute(Runnable event) {
        throw new UnsupportedOperationException("the service publishes no events");
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable event) {
        throw new UnsupportedOperationException("the service publishes no events");
    }

    @Override
    public Scheduled schedule(Duration delay, Duration interval, Runnable event) {
        throw new UnsupportedOperationException("the service publishes no events");
    }

    @Override
    public void close() {}
}
