package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.LocalNode;
import io.skep.model.NodeRole;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of a transport that was stopped stays: no thread, no socket, no class. */
final class SwapTest {
    private static final int SWAPS = 20;
    private static final int LOADERS = 3;
    private static final int COLLECTIONS = 50;
    private static final long BETWEEN_COLLECTIONS_MILLIS = 100;

    private final TestCa ca = new TestCa(TestSwarm.SWARM);
    private final LocalNode one = node("one");
    private final LocalNode two = node("two");

    private LocalNode node(String nodeId) {
        return new TestNode(nodeId, TestSwarm.SWARM, ca.issue(nodeId, NodeRole.MANAGER));
    }

    @Test
    void leavesNoThreadAndNoSocket() throws Exception {
        new TwoNodes().accept(one, two);
        long sockets = sockets();

        for (int i = 0; i < SWAPS; i++) {
            new TwoNodes().accept(one, two);
        }

        assertThat(threads()).isEmpty();
        assertThat(sockets()).isEqualTo(sockets);
    }

    /** Threads of the transport or of Netty that live on, having had a moment to end. */
    private static List<String> threads() throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName().toLowerCase(Locale.ROOT);
            if (Stream.of("skep-", "event", "netty", "watcher", "objectcleaner").anyMatch(name::contains)) {
                thread.join(5000);
                if (thread.isAlive()) {
                    left.add(name);
                }
            }
        }
        return left;
    }

    private static long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(SwapTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void leavesNoClassLoader() throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        List<WeakReference<ClassLoader>> swapped = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            swapped.add(useInALoaderOfItsOwn(collected));
        }
        letGoOfTheLastRecord();

        for (int i = 0; i < swapped.size(); i++) {
            assertThat(awaitCollection(collected))
                    .as("loaders collected after " + i)
                    .isTrue();
        }
    }

    /** JDK 17 keeps the type of the record whose methods it made last; here it shall be ours. */
    private static void letGoOfTheLastRecord() {
        Last last = new Last("record");
        assertThat(last).isEqualTo(new Last("record")).hasSameHashCodeAs(new Last("record"));
        assertThat(last.toString()).contains("record");
    }

    private record Last(String text) {}

    private static boolean awaitCollection(ReferenceQueue<ClassLoader> collected) throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            if (collected.remove(BETWEEN_COLLECTIONS_MILLIS) != null) {
                return true;
            }
        }
        return false;
    }

    private WeakReference<ClassLoader> useInALoaderOfItsOwn(ReferenceQueue<ClassLoader> collected) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), new Imports())) {
            Class<?> life = loader.loadClass(TwoNodes.class.getName());
            assertThat(life.getClassLoader()).isSameAs(loader);
            use((BiConsumer<?, ?>) life.getConstructor().newInstance());
            return new WeakReference<>(loader, collected);
        }
    }

    private <A, B> void use(BiConsumer<A, B> life) throws ReflectiveOperationException {
        BiConsumer.class.getMethod("accept", Object.class, Object.class).invoke(life, one, two);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** What the bundle sees in Karaf: the packages that its manifest imports, and those that Karaf gives to all. Not jdk.jfr. */
    private static final class Imports extends ClassLoader {
        private static final List<String> PACKAGES = List.of(
                "java.",
                "io.skep.api.",
                "io.skep.model.",
                "org.slf4j.",
                "javax.naming.",
                "javax.net.ssl.",
                "javax.security.auth.x500.",
                "javax.security.cert.",
                "javax.crypto.",
                "sun.",
                "jdk.internal.reflect.");

        Imports() {
            super(null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (PACKAGES.stream().anyMatch(name::startsWith)) {
                return SwapTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
