package io.skep.gossip.atomix;

import java.util.function.Supplier;

/** Lets Atomix see this bundle's classes: it asks the thread for a class loader and keeps it, also for threads it starts. */
final class OwnClassLoader {
    private OwnClassLoader() {}

    static <T> T call(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
