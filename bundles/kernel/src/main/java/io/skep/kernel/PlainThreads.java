package io.skep.kernel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads that hold on to nothing of the code that asked for them. */
final class PlainThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger made = new AtomicInteger();

    PlainThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        int number = made.getAndIncrement();
        Thread thread = new Thread(null, work, number == 0 ? name : name + "-" + number, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(PlainThreads.class.getClassLoader());
        return thread;
    }
}
