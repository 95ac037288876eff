package io.skep.shell.service;

import io.skep.contracts.table.TextTable;
import io.skep.model.ContainerSpec;
import io.skep.model.Mount;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.PortConfig;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What users give as options, and what becomes of a service's spec by them. */
class OptionsTest {
    private static final ServiceSpec PLAIN =
            ServiceSpec.of("web", TaskSpec.of(ContainerSpec.of("web:1")), ServiceMode.replicated(1));

    /** Names of networks become ids before they are looked for in a spec. */
    private static final Snapshot NETWORKS = Snapshot.empty()
            .apply(List.of(new Change.Put<>(
                    Table.NETWORKS,
                    new Network("n1", Instant.EPOCH, NetworkSpec.of("front"), "10.0.0.0/24", "10.0.0.1", 0, false),
                    Change.ANY)));

    @TestFactory
    Stream<DynamicTest> values() {
        return TextTable.of("tables/values.txt", input -> input.lines()
                .map(line -> refusing(OptionsTest::value).apply(line))
                .collect(Collectors.joining("\n")));
    }

    @TestFactory
    Stream<DynamicTest> creations() {
        return TextTable.of("tables/service-create.txt", refusing(input -> {
            ServiceCreate command = new ServiceCreate();
            new CommandLine(command).setStopAtPositional(true).parseArgs(words(input));
            return difference(PLAIN, command.spec());
        }));
    }

    @TestFactory
    Stream<DynamicTest> updates() {
        return TextTable.scenarios("tables/service-update.txt", () -> {
            ServiceSpec[] spec = {PLAIN};
            return refusing(input -> {
                ServiceSpec before = spec[0];
                ServiceUpdate command = new ServiceUpdate();
                new CommandLine(command).parseArgs(words(input + "\nweb"));
                spec[0] = command.edited(NETWORKS, before);
                return difference(before, spec[0]);
            });
        });
    }

    /** A line is an option and its value, or an argument. */
    private static String[] words(String input) {
        return input.lines()
                .filter(line -> !line.isEmpty())
                .flatMap(line -> line.startsWith("-") ? Stream.of(line.split(" ", 2)) : Stream.of(line))
                .toArray(String[]::new);
    }

    private static UnaryOperator<String> refusing(UnaryOperator<String> work) {
        return input -> {
            try {
                return work.apply(input);
            } catch (SkepException e) {
                return e.code() + ": " + e.getMessage();
            }
        };
    }

    private static String value(String line) {
        String[] words = line.split(" ", 2);
        String text = words.length == 2 ? words[1] : "";
        return switch (words[0]) {
            case "bytes" -> Long.toString(Sizes.bytes(text));
            case "cpus" -> Long.toString(Sizes.nanoCpus(text));
            case "duration" -> Sizes.duration(text).toString();
            case "pairs" -> Texts.pairs(List.of(text.split(" ", -1))).toString();
            case "port" -> port(Fields.port(text));
            case "mount" -> mount(Fields.mount(text));
            default -> throw new IllegalArgumentException("no kind of value: " + words[0]);
        };
    }

    private static String port(PortConfig port) {
        return port.publishedPort() + " to " + port.targetPort() + " " + port.protocol() + " " + port.publishMode();
    }

    private static String mount(Mount mount) {
        return mount.type() + " '" + mount.source() + "' at " + mount.target() + (mount.readOnly() ? " read-only" : "")
                + (mount.sizeBytes() > 0 ? " of " + mount.sizeBytes() : "");
    }

    /** The lines of the spec as JSON that were not there before, and those that are there no more. */
    private static String difference(ServiceSpec before, ServiceSpec after) {
        List<String> gone = lines(before);
        List<String> news = lines(after);
        lines(after).forEach(gone::remove);
        lines(before).forEach(news::remove);
        gone.replaceAll(line -> "- " + line);
        news.replaceAll(line -> "+ " + line);
        gone.addAll(news);
        return gone.isEmpty() ? "the same" : String.join("\n", gone);
    }

    private static List<String> lines(ServiceSpec spec) {
        return Codec.toJson(spec).lines().map(OptionsTest::bare).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String bare(String line) {
        String text = line.strip();
        return text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
    }
}
