package io.skep.kernel;

import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import java.time.Clock;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The node's one loop thread; every scope's events run on it in the order of their arrival. */
@Component(service = EventLoop.class)
public final class LoopThread implements EventLoop {
    private static final String NAME = "skep-loop";

    private final ScheduledThreadPoolExecutor executor;
    private final Clock clock = Clock.systemUTC();

    @Activate
    public LoopThread() {
        executor = new ScheduledThreadPoolExecutor(1, new PlainThreads(NAME));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Started here and not by the first event: a thread remembers the code that made it, which must not be a bundle
        // that is swapped.
        executor.prestartCoreThread();
    }

    @Deactivate
    void stop() {
        executor.shutdown();
    }

    @Override
    public Scope open(String name) {
        return new LoopScope(name, executor, clock);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().getName().equals(NAME);
    }
}
