package io.skep.stack.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.model.ErrorCode;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.NetworkSpec;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Docker's own reading of stack files: what {@code docker stack config} writes must come to the same specs as the files it was made from. Needs the docker
 * client, but no engine; without it there is nothing to compare with and the tests are skipped.
 */
final class DockerOracleTest {
    private static final Path CORPUS = Path.of(System.getProperty("basedir", ""), "src/test/resources/oracle")
            .toAbsolutePath();

    @TestFactory
    Stream<DynamicTest> readsAsDockerDoes() throws IOException, InterruptedException {
        assumeTrue(hasDocker(), "the docker client is not installed");
        try (Stream<Path> cases = Files.list(CORPUS)) {
            return cases.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
        }
    }

    private static void compare(Path folder) throws IOException, InterruptedException {
        Map<String, String> variables = variables(folder);
        String written = docker(folder, variables);
        Path first = folder.resolve("stack.yml");
        // A dollar in the result is one that was meant as such.
        StackSource.File normal = new StackSource.File(first.toString(), written.replace("$", "$$"));

        assertThat(specs(folder, ownFiles(folder), variables))
                .as("as docker reads it:%n%s", written)
                .isEqualTo(specs(folder, List.of(normal), Map.of()));
    }

    private static String specs(Path folder, List<StackSource.File> files, Map<String, String> variables) {
        ParsedStack parsed = new ComposeParser().parse(new StackSource("demo", files, variables, path -> {
            try {
                return Files.readString(folder.resolve(path));
            } catch (IOException e) {
                throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + path, e);
            }
        }));
        assertThat(parsed.stack()).as(parsed.findings().toString()).isPresent();
        return Codec.toJson(sorted(parsed.stack().orElseThrow()));
    }

    /** Docker puts everything into the order of its name. */
    private static StackSpec sorted(StackSpec stack) {
        return new StackSpec(
                stack.name(),
                stack.networks().stream()
                        .sorted(Comparator.comparing(NetworkSpec::name))
                        .toList(),
                stack.services().stream()
                        .sorted(Comparator.comparing(ServiceSpec::name))
                        .map(DockerOracleTest::sorted)
                        .toList());
    }

    private static ServiceSpec sorted(ServiceSpec service) {
        List<NetworkAttachmentConfig> networks = service.taskTemplate().networks().stream()
                .sorted(Comparator.comparing(NetworkAttachmentConfig::target))
                .toList();
        return service.withTaskTemplate(service.taskTemplate().withNetworks(networks));
    }

    private static String docker(Path folder, Map<String, String> variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "stack", "config"));
        ownFiles(folder).forEach(file -> command.addAll(List.of("-c", file.path())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("docker stack config of " + folder).isZero();
        return written;
    }

    private static List<StackSource.File> ownFiles(Path folder) {
        return Stream.of("stack.yml", "over.yml")
                .map(folder::resolve)
                .filter(Files::exists)
                .map(path -> new StackSource.File(path.toString(), read(path)))
                .toList();
    }

    private static Map<String, String> variables(Path folder) {
        Map<String, String> variables = new TreeMap<>();
        Path path = folder.resolve("variables");
        if (Files.exists(path)) {
            read(path).lines().forEach(line -> {
                int at = line.indexOf('=');
                variables.put(line.substring(0, at), line.substring(at + 1));
            });
        }
        return variables;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasDocker() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("docker", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
