package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member in a process of its own that writes as fast as it can and prints what was answered, until it is killed or a
 * command fails.
 */
final class KilledMember {
    static final String SWARM = "killed";

    private KilledMember() {}

    public static void main(String[] arguments) {
        try (AtomixSwarm swarm = new AtomixSwarm();
                Group group = swarm.engine("one").open(config(Path.of(arguments[0])), new CountingMachine())) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                String command = arguments[1] + "-" + i;
                group.submit(command.getBytes(UTF_8))
                        .thenAccept(answer -> System.out.println(command))
                        .exceptionally(KilledMember::die)
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    private static @Nullable Void die(Throwable failure) {
        System.err.println(failure.getMessage());
        Runtime.getRuntime().halt(1);
        return null;
    }

    /** Starts one; its commands begin with a prefix. */
    static Process start(Path directory, String prefix) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMember.class.getName(),
                        directory.toString(),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static GroupConfig config(Path directory) {
        return new GroupConfig(SWARM, "one", directory, List.of("one"));
    }
}
