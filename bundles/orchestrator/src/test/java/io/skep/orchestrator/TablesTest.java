package io.skep.orchestrator;

import io.skep.contracts.table.TextTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every rule by scenarios; {@link Bench} explains the notation. */
class TablesTest {
    @TestFactory
    Stream<DynamicTest> replicated() {
        return TextTable.scenarios("tables/replicated.txt", Bench::new);
    }
}
