package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing of a closed member stays: no thread, no open file, no class. An open one has no socket of its own, and its log does not grow for
 * ever.
 */
public abstract class ConsensusTracesContract {
    private static final int SWAPS = 20;
    /** Threads of the JDK that whoever needs them first brings to life. */
    private static final List<String> OF_THE_JDK = List.of(
            "CompletableFutureDelayScheduler", "ForkJoinPool", "Common-Cleaner", "process reaper", "JFR", "Attach");

    private Path root;

    /** Engines that never met; its class has a constructor without arguments. */
    protected abstract SwarmUnderTest swarm();

    /** The most that a member's directory may hold whose state is small, in bytes. */
    protected abstract long mostOnDisk();

    @BeforeEach
    final void start(@TempDir Path directory) {
        root = directory;
    }

    @Test
    void leavesNoThreadAndNoOpenFile() throws Exception {
        Set<Thread> threads = new HashSet<>(threads());
        useOnce();
        Set<String> files = openFiles();

        for (int i = 0; i < SWAPS; i++) {
            useOnce();
        }

        List<Thread> left = threads();
        left.removeAll(threads);
        for (Thread thread : List.copyOf(left)) {
            thread.join(1000);
        }
        left.removeIf(thread -> !thread.isAlive());
        assertThat(left).isEmpty();
        assertThat(openFiles()).isEqualTo(files);
    }

    private static List<Thread> threads() {
        Thread[] all = new Thread[Thread.activeCount() * 2 + 100];
        int count = Thread.enumerate(all);
        List<Thread> found = new ArrayList<>(Arrays.asList(all).subList(0, count));
        found.removeIf(thread -> OF_THE_JDK.stream().anyMatch(thread.getName()::startsWith));
        return found;
    }

    private void useOnce() {
        try (SwarmUnderTest swarm = swarm()) {
            use(swarm.engine("one"), "x");
        }
    }

    private void use(Consensus engine, String command) {
        GroupConfig config = new GroupConfig("stop", "one", root.resolve("one"), List.of("one"));
        try (Group group = engine.open(config, new CountingMachine())) {
            Await.answer(group.submit(command.getBytes(UTF_8)));
            Await.answer(group.compact());
        }
    }

    private Set<String> openFiles() throws IOException {
        return open(root.toString());
    }

    /** What this process has open whose name begins so. */
    private static Set<String> open(String prefix) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ConsensusTracesContract::target)
                    .filter(target -> target.startsWith(prefix))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What members say to one another goes over the node's transport, behind its mutual TLS. */
    @Test
    void opensNoSocket() throws IOException {
        Set<String> before = open("socket:");
        List<String> ids = List.of("a", "b", "c");
        try (SwarmUnderTest swarm = swarm()) {
            List<Group> groups = ids.stream()
                    .map(id -> swarm.engine(id)
                            .open(new GroupConfig("quiet", id, root.resolve(id), ids), new CountingMachine()))
                    .toList();
            groups.forEach(group -> Await.answer(group.submit("x".getBytes(UTF_8))));

            assertThat(open("socket:")).isEqualTo(before);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void leavesNoClassLoader() throws Exception {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        List<WeakReference<ClassLoader>> swapped = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            swapped.add(useInALoaderOfItsOwn(collected));
        }

        for (int i = 0; i < swapped.size(); i++) {
            assertThat(awaitCollection(collected)).isTrue();
        }
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
    }

    private static boolean awaitCollection(ReferenceQueue<ClassLoader> collected) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            if (collected.remove(100) != null) {
                return true;
            }
        }
        return false;
    }

    /** Loads engine and libraries as a bundle would, sees no more than a bundle imports, and uses the engine. */
    private WeakReference<ClassLoader> useInALoaderOfItsOwn(ReferenceQueue<ClassLoader> collected) throws Exception {
        String name = swarm().getClass().getName();
        try (URLClassLoader loader = new URLClassLoader(classPath(), new Imports())) {
            Constructor<?> make = loader.loadClass(name).getDeclaredConstructor();
            make.setAccessible(true);
            try (SwarmUnderTest swarm = (SwarmUnderTest) make.newInstance()) {
                use(swarm.engine("one"), "loaded");
            }
            return new WeakReference<>(loader, collected);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** What engines' bundles import, and the tests' own. */
    private static final class Imports extends ClassLoader {
        private static final List<String> PACKAGES = List.of(
                "java.",
                "io.skep.api.",
                "io.skep.contracts.",
                "io.skep.model.",
                "org.slf4j.",
                "javax.management.",
                "sun.misc.",
                "sun.nio.ch.",
                "sun.reflect.",
                "jdk.internal.");

        Imports() {
            super(null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (PACKAGES.stream().anyMatch(name::startsWith)) {
                return ConsensusTracesContract.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void stopsWhenTheStateMachineFailsAndSaysSo() {
        try (SwarmUnderTest swarm = swarm()) {
            GroupConfig config = new GroupConfig("stop", "one", root.resolve("broken"), List.of("one"));
            try (Group group = swarm.engine("one").open(config, new CountingMachine())) {
                Await.answer(group.submit("fine".getBytes(UTF_8)));

                assertThat(Await.failure(group.submit("fail".getBytes(UTF_8))).code())
                        .isEqualTo(ErrorCode.CORRUPT);
                assertThat(Await.failure(group.submit("fine".getBytes(UTF_8))).code())
                        .isEqualTo(ErrorCode.CORRUPT);
            }
        }
    }

    @Test
    void boundsTheLogOnDisk() throws IOException {
        GroupConfig config = new GroupConfig("stop", "one", root.resolve("bounded"), List.of("one"));
        try (SwarmUnderTest swarm = swarm();
                Group group = swarm.engine("one").open(config, new CountingMachine())) {
            for (int i = 0; i < 500; i++) {
                Await.answer(group.submit((i % 3 + "x".repeat(32 * 1024)).getBytes(UTF_8)));
            }
            Await.answer(group.compact());
        }
        try (Stream<Path> files = Files.walk(config.directory())) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(mostOnDisk());
        }
    }
}
