package io.skep.stack.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackData;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.NetworkSpec;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stack and its findings as lines of a table: only what differs from a service that has nothing but an image. */
final class StackText {
    private static final String FILE = "--- ";
    private static final String VARIABLES = "variables";
    private static final ObjectMapper JSON = new ObjectMapper();

    private StackText() {}

    /** Input to output of one step of a table. */
    static String run(String input) {
        return text(new ComposeParser().parse(source(input)));
    }

    /** Files that begin with a line such as {@code --- over.yml}; the first needs none. {@code --- variables} sets variables, other names that do not end in .yml are for reading. */
    static StackSource source(String input) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        StringBuilder text = texts.computeIfAbsent("stack.yml", name -> new StringBuilder());
        for (String line : input.lines().toList()) {
            if (line.startsWith(FILE)) {
                text = texts.computeIfAbsent(line.substring(FILE.length()), name -> new StringBuilder());
            } else {
                text.append(line).append('\n');
            }
        }
        List<StackSource.File> files = new ArrayList<>();
        texts.forEach((name, content) -> {
            if (name.endsWith(".yml")) {
                files.add(new StackSource.File("/srv/" + name, content.toString()));
            }
        });
        return new StackSource("demo", files, variables(texts), path -> read(texts, path));
    }

    /** Findings first, then networks and services. */
    static String text(ParsedStack parsed) {
        List<String> lines = new ArrayList<>();
        parsed.findings().forEach(finding -> lines.add(finding.toString().replace("/srv/", "")));
        parsed.stack().ifPresent(stack -> describe(stack, lines));
        return String.join("\n", lines);
    }

    private static void describe(StackSpec stack, List<String> lines) {
        for (NetworkSpec network : stack.networks()) {
            if (!network.equals(plainDefault(stack))) {
                lines.add("network " + network.name());
                differences("", json(network), json(NetworkSpec.of(network.name())), lines);
            }
        }
        stack.secrets().forEach(secret -> lines.add("secret " + described(secret)));
        stack.configs().forEach(config -> lines.add("config " + described(config)));
        for (ServiceSpec service : stack.services()) {
            lines.add("service " + service.name());
            TaskSpec plain = TaskSpec.of(ContainerSpec.of(""));
            differences(
                    "", json(service), json(ServiceSpec.of(service.name(), plain, ServiceMode.replicated(1))), lines);
        }
        lines.removeIf(line -> line.contains("com.docker.stack.")
                || line.contains("Networks = [{\"Target\":\"demo_default\",\"Aliases\":[\"web\"]}]"));
    }

    private static String described(StackData data) {
        Map<String, String> labels = new TreeMap<>(data.spec().labels());
        labels.remove(StackSpec.LABEL);
        String content = new String(Base64.getDecoder().decode(data.data().value()), StandardCharsets.UTF_8);
        return data.spec().name() + " " + labels + " " + content.strip();
    }

    private static NetworkSpec plainDefault(StackSpec stack) {
        return new NetworkSpec(
                stack.name() + "_default", Map.of(StackSpec.LABEL, stack.name()), "", "", "", false, false, false);
    }

    private static void differences(String path, JsonNode node, JsonNode plain, List<String> lines) {
        if (node.equals(plain)) {
            return;
        }
        if (!node.isObject()) {
            lines.add("  " + path + " = " + node);
            return;
        }
        node.fieldNames()
                .forEachRemaining(name -> differences(
                        path.isEmpty() ? name : path + "." + name, node.get(name), plain.path(name), lines));
    }

    private static JsonNode json(Object value) {
        try {
            return JSON.readTree(Codec.toJson(value));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables(Map<String, StringBuilder> texts) {
        Map<String, String> variables = new TreeMap<>();
        texts.getOrDefault(VARIABLES, new StringBuilder())
                .toString()
                .lines()
                .filter(line -> line.contains("="))
                .forEach(line -> {
                    int at = line.indexOf('=');
                    variables.put(line.substring(0, at), line.substring(at + 1));
                });
        return variables;
    }

    private static String read(Map<String, StringBuilder> texts, String path) {
        StringBuilder text = texts.get(path);
        if (text == null) {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + path + ": there is no such file");
        }
        return text.toString();
    }
}
