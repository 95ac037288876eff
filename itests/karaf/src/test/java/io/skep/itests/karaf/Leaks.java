package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** Swaps a part again and again, and looks for what is left of its old versions: class loaders, threads, memory. */
final class Leaks {
    private static final int SWAPS = 20;
    private static final int MORE_THREADS = 2;
    private static final long MORE_BYTES = 12L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final long ROUND_MILLIS = 200;

    private final BundleContext context;
    private final Part part;
    private final Action use;
    private final ReferenceQueue<ClassLoader> cleared = new ReferenceQueue<>();
    private final Set<Reference<?>> old = new LinkedHashSet<>();
    /** Ids, for a thread that has ended would keep its class loader as long as somebody remembers it. */
    private final Set<Long> threads = new HashSet<>();

    private long bytes;

    /** What makes a part do its work. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    Leaks(BundleContext context, Part part, Action use) {
        this.context = context;
        this.part = part;
        this.use = use;
    }

    /** Lets the rest of the node grow to its size, and measures it. */
    void warmUp() throws Exception {
        swap(2);
        collect();
        quiet(Set.of());
        living().forEach(thread -> threads.add(thread.getId()));
        bytes = used();
    }

    void swap() throws Exception {
        swap(SWAPS);
    }

    private void swap(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            old.add(new WeakReference<>(
                    part.bundle(context).adapt(BundleWiring.class).getClassLoader(), cleared));
            part.update(context);
            use.run();
        }
    }

    void assertNone() throws Exception {
        collect();
        assertEquals("old class loaders of " + part + " that are still there", 0, old.size());
        quiet(threads);
        List<Thread> now = living();
        long more = used() - bytes;
        System.out.println(part + " after " + SWAPS + " swaps: threads " + threads.size() + " -> " + now.size()
                + ", heap " + (bytes >> 10) + " KiB " + (more < 0 ? "" : "+") + (more >> 10) + " KiB");
        List<Thread> young =
                now.stream().filter(thread -> !threads.contains(thread.getId())).toList();
        assertTrue(
                "threads grew from " + threads.size() + " to " + now.size() + ", these are new: " + young,
                now.size() <= threads.size() + MORE_THREADS);
        assertTrue("the heap grew by " + more + " bytes", more < MORE_BYTES);
    }

    /** Collects garbage until every old class loader is gone, or patience ends. */
    private void collect() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!old.isEmpty() && Instant.now().isBefore(end)) {
            linkARecord();
            System.gc();
            Reference<?> gone = cleared.remove(ROUND_MILLIS);
            while (gone != null) {
                old.remove(gone);
                gone = cleared.poll();
            }
        }
    }

    /**
     * Threads that only wait for more work end by themselves, and while one is waited for another may begin; those that stay are what was looked for.
     *
     * @param expected empty to wait for those that are known to be of this kind, all of them
     */
    private static void quiet(Set<Long> expected) throws InterruptedException {
        Instant end = Instant.now().plus(expected.isEmpty() ? WARM_UP : PATIENCE);
        int most = expected.isEmpty() ? 0 : MORE_THREADS;
        List<Thread> passing = passing(expected);
        while (passing.size() > most && Instant.now().isBefore(end)) {
            passing.get(0).join(ROUND_MILLIS);
            passing = passing(expected);
        }
    }

    private static List<Thread> passing(Set<Long> expected) {
        return living().stream()
                .filter(thread -> thread.getName().startsWith("skep-effect") || !expected.isEmpty())
                .filter(thread -> !expected.contains(thread.getId()) && thread != Thread.currentThread())
                .toList();
    }

    private static List<Thread> living() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .sorted((a, b) -> Long.compare(a.getId(), b.getId()))
                .toList();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * The JDK (17) holds the class loader of the last record whose equals, hashCode or toString was linked. A record of a class loader of its
     * own takes that place.
     */
    private static void linkARecord() throws ReflectiveOperationException, IOException {
        Class<?> record = new OneClass(Placeholder.class).load();
        var constructor = record.getDeclaredConstructor(int.class);
        Object first = constructor.newInstance(1);
        assertEquals(first, constructor.newInstance(1));
        assertEquals(
                first.toString().length(),
                constructor.newInstance(first.hashCode()).toString().length());
    }

    /** Defines one class anew. */
    private static final class OneClass extends ClassLoader {
        private final Class<?> type;

        OneClass(Class<?> type) {
            super(type.getClassLoader());
            this.type = type;
        }

        Class<?> load() throws IOException {
            String resource = "/" + type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("there is no " + resource);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }
}
