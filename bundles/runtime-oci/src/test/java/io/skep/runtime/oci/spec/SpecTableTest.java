package io.skep.runtime.oci.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ImageConfig;
import io.skep.contracts.table.TextTable;
import io.skep.model.Mount;
import io.skep.model.SkepException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of what a container executes and of the file that says so to runc. */
class SpecTableTest {
    private static final String PASSWD =
            "root:x:0:0:root:/root:/bin/sh\nbee:x:1000:1001::/home/bee:/bin/sh\n1234:x:7:7::/:\n";
    private static final String GROUP =
            "root:x:0:root\nbee:x:1001:\nswarm:x:2000:bee,wasp\nhive:x:2001:wasp,bee\nbad\n";

    @TestFactory
    Stream<DynamicTest> accounts() {
        return TextTable.of(
                "tables/account.txt",
                input -> answer(() -> {
                    Account account =
                            Account.resolve(input.strip().equals("nobody asked") ? "" : input.strip(), PASSWD, GROUP);
                    return account.uid() + ":" + account.gid() + " " + account.groups();
                }));
    }

    @TestFactory
    Stream<DynamicTest> commandLines() {
        return TextTable.of(
                "tables/command-line.txt",
                input -> answer(() -> {
                    Map<String, String> keys = keys(input);
                    ImageConfig image = image(keys);
                    ContainerConfig config = config(keys);
                    return "execute " + CommandLine.arguments(image, config)
                            + "\nin " + CommandLine.workingDirectory(image, config)
                            + "\nwith " + String.join(" ", CommandLine.environment(image, config, "hive"))
                            + "\nstop " + CommandLine.stopSignal(image, config);
                }));
    }

    @TestFactory
    Stream<DynamicTest> specs() {
        return TextTable.of(
                "tables/spec.txt",
                input -> answer(() -> {
                    Map<String, String> keys = keys(input);
                    SpecInput all = new SpecInput(
                            image(keys),
                            config(keys),
                            Account.resolve(keys.getOrDefault("user", ""), PASSWD, GROUP),
                            "hive",
                            Path.of("/rootfs"),
                            binds(keys),
                            new HostFacts(
                                    keys.containsKey("unified"),
                                    !keys.containsKey("noswap"),
                                    20_000,
                                    keys.containsKey("seccomp"),
                                    "amd64"));
                    return shown(RuntimeSpec.compose(all), keys);
                }));
    }

    /** Only the parts that a scenario names, for the whole is long. */
    private static String shown(Map<String, Object> spec, Map<String, String> keys) {
        ObjectMapper json = new ObjectMapper();
        StringBuilder text = new StringBuilder();
        for (String pointer : keys.getOrDefault("show", "/").split(" ", -1)) {
            var part = json.<com.fasterxml.jackson.databind.JsonNode>valueToTree(spec)
                    .at(pointer.equals("/") ? "" : pointer);
            try {
                text.append(pointer)
                        .append(' ')
                        .append(json.writerWithDefaultPrettyPrinter().writeValueAsString(part))
                        .append('\n');
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }

    private static String answer(java.util.function.Supplier<String> work) {
        try {
            return work.get();
        } catch (SkepException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private static Map<String, String> keys(String input) {
        Map<String, String> keys = new LinkedHashMap<>();
        input.lines().forEach(line -> {
            int colon = line.indexOf(':');
            keys.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
        return keys;
    }

    private static List<String> words(Map<String, String> keys, String key) {
        String value = keys.getOrDefault(key, "");
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(" ", -1));
    }

    private static ImageConfig image(Map<String, String> keys) {
        return new ImageConfig(
                words(keys, "image entrypoint"),
                words(keys, "image command"),
                words(keys, "image env"),
                keys.getOrDefault("image directory", ""),
                "",
                keys.getOrDefault("image stop", ""),
                Map.of(),
                List.of(),
                List.of());
    }

    private static ContainerConfig config(Map<String, String> keys) {
        return new ContainerConfig(
                "task0",
                "web.1",
                "example/web:1",
                keys.containsKey("entrypoint") ? Optional.of(words(keys, "entrypoint")) : Optional.empty(),
                words(keys, "arguments"),
                words(keys, "env"),
                Optional.ofNullable(keys.get("directory")),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                keys.containsKey("tmpfs")
                        ? List.of(new Mount(Mount.Type.TMPFS, "", keys.get("tmpfs"), false, 1 << 20, 0))
                        : List.of(),
                new ContainerConfig.Limits(
                        Long.parseLong(keys.getOrDefault("nanocpus", "0")),
                        Long.parseLong(keys.getOrDefault("memory", "0")),
                        Long.parseLong(keys.getOrDefault("pids", "0"))),
                Optional.ofNullable(keys.get("stop")),
                keys.containsKey("read-only"),
                keys.containsKey("init"),
                Optional.ofNullable(keys.get("network")).map(Path::of),
                List.of(),
                List.of(),
                Map.of(),
                ContainerConfig.LogLimits.STANDARD);
    }

    private static List<Bind> binds(Map<String, String> keys) {
        return words(keys, "binds").stream()
                .map(target -> new Bind(Path.of("/source" + target), target, target.endsWith("ro")))
                .toList();
    }
}
