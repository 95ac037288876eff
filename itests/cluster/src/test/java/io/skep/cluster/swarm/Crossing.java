package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells when a manager is in the middle of a move from one epoch to the next: it begins the files of the next group. */
final class Crossing implements AutoCloseable {
    private final WatchService watch;

    private Crossing(WatchService watch) {
        this.watch = watch;
    }

    /** Watches a manager that has one directory of consensus. */
    static Crossing of(Host manager) throws IOException {
        WatchService watch = FileSystems.getDefault().newWatchService();
        try (Stream<Path> members = Files.list(manager.files().resolve("data/swarm/consensus"))) {
            for (Path member : members.toList()) {
                member.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            }
        }
        return new Crossing(watch);
    }

    /** Waits until it has begun them. */
    void await() throws InterruptedException {
        boolean begun = false;
        while (!begun) {
            WatchKey key = watch.poll(Swarm.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(key).as("no group of a next epoch").isNotNull();
            begun = key.pollEvents().stream()
                    .anyMatch(event -> String.valueOf(event.context()).matches("\\d+-[a-z]+-.+"));
            key.reset();
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
