package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A closed engine leaves nothing behind, however often it is swapped. */
class SwapTest {
    private static final int SWAPS = 20;
    private static final int COLLECTIONS = 20;
    private static final long BETWEEN_COLLECTIONS_MILLIS = 200;

    @Test
    void twentyRunsLeaveNoThread() {
        new TwoNodes().run();
        List<String> before = threads();

        for (int i = 0; i < SWAPS; i++) {
            new TwoNodes().run();
        }

        assertThat(threads()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aClosedEngineIsUnloaded() throws Exception {
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        Reference<ClassLoader> loader = runInALoaderOfItsOwn(queue);

        letGoOfTheLastRecord();

        Reference<? extends ClassLoader> unloaded = null;
        for (int i = 0; i < COLLECTIONS && unloaded == null; i++) {
            System.gc();
            unloaded = queue.remove(BETWEEN_COLLECTIONS_MILLIS);
        }

        assertThat(unloaded).isSameAs(loader);
    }

    /**
     * JDK 17's {@code java.lang.runtime.ObjectMethods} keeps the type of the record that it last made methods for
     * (asTypeCache of its static method handles). It is one class loader at most, and here it shall be ours.
     */
    private static void letGoOfTheLastRecord() {
        Last last = new Last("record");
        assertThat(last).isEqualTo(new Last("record")).hasSameHashCodeAs(new Last("record"));
        assertThat(last.toString()).contains("record");
    }

    private record Last(String text) {}

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("skep-") || name.startsWith("atomix-"))
                .sorted()
                .toList();
    }

    private static Reference<ClassLoader> runInALoaderOfItsOwn(ReferenceQueue<ClassLoader> queue)
            throws ReflectiveOperationException, IOException {
        try (BundleLikeLoader loader = new BundleLikeLoader()) {
            Class<?> life = loader.loadClass(TwoNodes.class.getName());
            assertThat(life.getClassLoader()).isSameAs(loader);
            ((Runnable) life.getConstructor().newInstance()).run();
            return new WeakReference<>(loader, queue);
        }
    }

    /** Loads the engine and what the bundle embeds itself, and the rest as an imported package: from outside. */
    private static final class BundleLikeLoader extends URLClassLoader {
        private static final Pattern IMPORTED =
                Pattern.compile("(java|javax|jdk|sun|org\\.slf4j|io\\.skep\\.(api|model))\\..*");

        BundleLikeLoader() {
            super(classPath(), SwapTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (IMPORTED.matcher(name).matches()) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }

        private static URL[] classPath() {
            List<URL> urls = new ArrayList<>();
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(File::new)
                    .forEach(file -> {
                        try {
                            urls.add(file.toURI().toURL());
                        } catch (MalformedURLException e) {
                            throw new AssertionError(e);
                        }
                    });
            return urls.toArray(URL[]::new);
        }
    }
}
