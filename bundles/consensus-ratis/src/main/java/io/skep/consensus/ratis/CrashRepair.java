package io.skep.consensus.ratis;

import io.skep.consensus.support.WrittenAgain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a member's directory in order before Ratis reads it. After a kill or a power loss Ratis would stumble over a snapshot that was
 * half way into its place and over a torn end of the log, and would count entries as being on disk that no one has forced.
 */
final class CrashRepair {
    private static final String SNAPSHOTS = "sm";
    private static final String REPLACED = "sm.tmp";
    private static final String RECEIVED = "tmp";
    private static final String LOG = "current";
    private static final String SEGMENT = "log_";
    private static final String OPEN_SEGMENT = "log_inprogress_";

    private CrashRepair() {}

    /** Repairs the directory of the group, if there is one. */
    static void repair(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return;
        }
        settleSnapshots(group);
        Path log = group.resolve(LOG);
        if (Files.isDirectory(log)) {
            for (Path segment : named(log, OPEN_SEGMENT)) {
                TornTail.cut(segment);
            }
            new GoodRecords(log).restore(() -> lastTerm(log));
            for (Path file : named(log, "")) {
                WrittenAgain.force(file);
            }
        }
        SnapshotFiles.forceTree(group);
    }

    /** While a received snapshot takes its place there is a moment without any: the one before is still good. */
    private static void settleSnapshots(Path group) throws IOException {
        List<Path> replaced = named(group, REPLACED);
        Path snapshots = group.resolve(SNAPSHOTS);
        if (!Files.exists(snapshots) && !replaced.isEmpty()) {
            Files.move(replaced.remove(replaced.size() - 1), snapshots);
        }
        for (Path leftover : replaced) {
            delete(leftover);
        }
        delete(group.resolve(RECEIVED));
    }

    private static long lastTerm(Path log) throws IOException {
        long last = -1;
        for (Path segment : named(log, SEGMENT)) {
            last = Math.max(last, TornTail.lastTerm(Files.readAllBytes(segment)));
        }
        return last;
    }

    private static List<Path> named(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .sorted()
                            .toList());
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(tree)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
