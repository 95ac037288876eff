package io.skep.discovery;

import io.skep.contracts.table.TextTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class TablesTest {
    @TestFactory
    Stream<DynamicTest> routes() {
        return TextTable.scenarios("tables/routes.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return TextTable.scenarios("tables/names.txt", Bench::new);
    }
}
