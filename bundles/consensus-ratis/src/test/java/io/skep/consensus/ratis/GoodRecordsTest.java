package io.skep.consensus.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodRecordsTest {
    private static final int THREADS = 4;
    private static final int VOTES = 200;

    /** A member gives its own vote and answers others' requests at the same time. */
    @Test
    void keepsVotesForSeveralThreadsAtOnce(@TempDir Path directory) throws Exception {
        GoodRecords records = new GoodRecords(directory);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (int term = 1; term <= VOTES; term++) {
                vote(directory, term);
                List<Future<?>> kept = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    kept.add(pool.submit(() -> {
                        together.await();
                        records.keepVote();
                        return null;
                    }));
                }
                for (Future<?> one : kept) {
                    one.get();
                }
                assertThat(directory.resolve("raft-meta.good")).hasContent("term=" + term);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void vote(Path directory, int term) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, "term=" + term);
        Files.move(next, directory.resolve("raft-meta"), StandardCopyOption.ATOMIC_MOVE);
    }
}
