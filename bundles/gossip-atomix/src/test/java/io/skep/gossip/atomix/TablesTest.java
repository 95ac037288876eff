package io.skep.gossip.atomix;

import io.skep.contracts.table.TextTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How statements spread, are repaired and replaced, without any network. */
class TablesTest {
    @TestFactory
    Stream<DynamicTest> tables() {
        return TextTable.of("tables/tables.txt", input -> new TablesBench().run(input));
    }
}
