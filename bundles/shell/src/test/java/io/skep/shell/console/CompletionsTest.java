package io.skep.shell.console;

import io.skep.contracts.table.TextTable;
import io.skep.shell.Parts;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.DefaultParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What is offered at the end of a line, where nobody answers: names of objects are not known, all else is. */
class CompletionsTest {
    @TestFactory
    Stream<DynamicTest> offers() {
        return TextTable.of(
                "tables/completions.txt",
                input -> input.lines().map(CompletionsTest::offered).collect(Collectors.joining("\n")));
    }

    private static String offered(String line) {
        String typed = line.replace("_", "");
        Session session = proxy(Session.class);
        List<Candidate> candidates = new ArrayList<>();
        Commands.ALL.forEach(maker -> new Completions(
                        maker.get(), new Parts(proxy(BundleContext.class), Map.of()), false)
                .completeCandidates(session, new DefaultParser().parse(session, typed, typed.length()), candidates));
        String word = typed.substring(typed.lastIndexOf(' ') + 1);
        return candidates.stream()
                .map(Candidate::value)
                .filter(value -> value.startsWith(word))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Knows nothing, and calls every command of the scope by its full name. */
    private static <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
                    case "resolveCommand" -> args[0].toString().replaceFirst("^(?!swarm:)", "swarm:");
                    case "getBundles" -> new Bundle[0];
                    default -> null;
                }));
    }
}
