package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.contracts.transport.SimulatedNetwork;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a closed member stays: no thread, no open file, no class. */
final class StopTest {
    private static final int SWAPS = 20;

    private final Path root;

    StopTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void leavesNoThreadAndNoOpenFile() throws Exception {
        useOnce(new AtomixSwarm());
        Set<String> files = openFiles();

        for (int i = 0; i < SWAPS; i++) {
            useOnce(new AtomixSwarm());
        }

        assertThat(threads()).isEmpty();
        assertThat(openFiles()).isEqualTo(files);
    }

    private void useOnce(AtomixSwarm swarm) {
        try (swarm) {
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

    /** The engine's threads that live on, having had a second to end. */
    private static List<Thread> threads() throws InterruptedException {
        Thread[] all = new Thread[Thread.activeCount() * 2 + 100];
        int count = Thread.enumerate(all);
        List<Thread> left = new ArrayList<>();
        for (Thread thread : Arrays.asList(all).subList(0, count)) {
            if (thread.getName().startsWith("raft-") || thread.getName().startsWith("skep-")) {
                thread.join(1000);
                if (thread.isAlive()) {
                    left.add(thread);
                }
            }
        }
        return left;
    }

    private Set<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(StopTest::target)
                    .filter(target -> target.startsWith(root.toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
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
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        List<WeakReference<ClassLoader>> swapped = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            swapped.add(useInALoaderOfItsOwn(collected));
        }

        for (int i = 0; i < swapped.size(); i++) {
            assertThat(awaitCollection(collected)).isTrue();
        }
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

    /** Loads engine and Atomix as a bundle would, sees no more than the bundle imports, and uses the engine. */
    private WeakReference<ClassLoader> useInALoaderOfItsOwn(ReferenceQueue<ClassLoader> collected) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), new Imports())) {
            Class<?> type = loader.loadClass(AtomixConsensus.class.getName());
            Class<?> timings = loader.loadClass(Timings.class.getName());
            Constructor<?> make = type.getDeclaredConstructor(Transport.class, timings, int.class);
            make.setAccessible(true);
            Object engine = make.newInstance(new SimulatedNetwork().manager("one"), copy(timings), AtomixSwarm.SEGMENT);
            use((Consensus) engine, "loaded");
            return new WeakReference<>(loader, collected);
        }
    }

    private static Object copy(Class<?> timings) throws ReflectiveOperationException {
        Constructor<?> make = timings.getDeclaredConstructors()[0];
        make.setAccessible(true);
        Timings from = AtomixSwarm.TIMINGS;
        return make.newInstance(from.heartbeat(), from.election(), from.submit(), from.session(), from.catchUp());
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** What the bundle imports, by the names of its manifest, and the JDK's own packages. */
    private static final class Imports extends ClassLoader {
        private static final List<String> PACKAGES = List.of(
                "java.",
                "io.skep.api.",
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
                return StopTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void stopsWhenTheStateMachineFailsAndSaysSo() {
        try (AtomixSwarm swarm = new AtomixSwarm()) {
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
    void startsAfterAKillBetweenTwoWrites() throws IOException {
        useOnce(new AtomixSwarm());
        Files.write(root.resolve("one/.raft.lock"), new byte[0]);
        Files.write(root.resolve("one/raft-7.log"), new byte[AtomixSwarm.SEGMENT]);
        Files.write(root.resolve("one/raft-8.log"), new byte[0]);

        useOnce(new AtomixSwarm());
    }

    @Test
    void boundsTheLogOnDisk() throws IOException {
        GroupConfig config = new GroupConfig("stop", "one", root.resolve("bounded"), List.of("one"));
        try (AtomixSwarm swarm = new AtomixSwarm();
                Group group = swarm.engine("one").open(config, new CountingMachine())) {
            for (int i = 0; i < 500; i++) {
                Await.answer(group.submit((i + "x".repeat(32 * 1024)).getBytes(UTF_8)));
            }
            Await.answer(group.compact());
        }
        try (Stream<Path> files = Files.list(config.directory())) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSizeLessThanOrEqualTo(2);
        }
    }
}
