package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member in a process of its own that writes as fast as it can and prints what was answered, until it is killed or a
 * command fails.
 */
public final class KilledMember {
    private KilledMember() {}

    /**
     * Writes until killed.
     *
     * @param arguments the class of the engine's {@link SwarmUnderTest}, the directory, and what its commands begin with
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Constructor<?> make = Class.forName(arguments[0]).getDeclaredConstructor();
        make.setAccessible(true);
        try (SwarmUnderTest swarm = (SwarmUnderTest) make.newInstance();
                Group group = swarm.engine("one").open(config(Path.of(arguments[1])), new CountingMachine())) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                String command = arguments[2] + "-" + i;
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

    /** What a member answers, surely, until it has answered enough and is killed, or fails. */
    public static List<String> write(SwarmUnderTest swarm, Path directory, String prefix, int enough)
            throws IOException, InterruptedException {
        Process process = start(swarm, directory, prefix);
        List<String> answered = new ArrayList<>();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                answered.add(line);
                if (answered.size() == enough) {
                    // by its handle, for the process itself would close the output that is still to be read
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        process.waitFor();
        // the last line may be cut short by the kill
        return List.copyOf(answered.subList(0, Math.max(0, answered.size() - 1)));
    }

    private static Process start(SwarmUnderTest swarm, Path directory, String prefix) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMember.class.getName(),
                        swarm.getClass().getName(),
                        directory.toString(),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The member's configuration, to open it again. */
    public static GroupConfig config(Path directory) {
        return new GroupConfig("killed", "one", directory, List.of("one"));
    }
}
