package io.skep.stack.compose;

import io.skep.contracts.table.TextTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of the parser, case by case. */
final class ComposeTablesTest {
    @TestFactory
    Stream<DynamicTest> tables() {
        return Stream.of(
                        "yaml",
                        "interpolation",
                        "services",
                        "deploy",
                        "ports",
                        "mounts",
                        "networks",
                        "files",
                        "overrides",
                        "unsupported",
                        "mistakes")
                .flatMap(name -> TextTable.of("tables/" + name + ".txt", StackText::run));
    }
}
