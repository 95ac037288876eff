package io.skep.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatchTest {
    @TempDir
    Path dir = Path.of("");

    @Test
    void tellsOfNewAndGrowingFiles() throws Exception {
        CountDownLatch appeared = new CountDownLatch(1);
        CountDownLatch grew = new CountDownLatch(2);
        try (DirectoryWatch watch = new DirectoryWatch("test-watch")) {
            watch.watch(dir, DirectoryWatch.Changes.APPEARS_OR_GROWS, names -> {
                appeared.countDown();
                grew.countDown();
            });
            Files.createFile(dir.resolve("file"));
            assertThat(appeared.await(20, TimeUnit.SECONDS)).isTrue();
            Files.writeString(dir.resolve("file"), "more");
            assertThat(grew.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws Exception {
        BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();
        try (DirectoryWatch watch = new DirectoryWatch("test-watch")) {
            watch.watch(dir, DirectoryWatch.Changes.APPEARS, names -> {
                told.add(names);
                throw new IllegalStateException("planned by the test");
            });
            Files.createFile(dir.resolve("one"));
            assertThat(told.poll(20, TimeUnit.SECONDS)).containsExactly("one");
            Files.createFile(dir.resolve("two"));
            assertThat(told.poll(20, TimeUnit.SECONDS)).containsExactly("two");
        }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        DirectoryWatch watch = new DirectoryWatch("test-watch-to-close");
        watch.watch(dir, DirectoryWatch.Changes.APPEARS, names -> {});
        watch.close();
        watch.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("test-watch-to-close");
    }
}
