package io.skep.manager;

import io.skep.contracts.table.TextTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What operators' requests change, and which are refused. */
class ControlTablesTest {
    @TestFactory
    Stream<DynamicTest> services() {
        return TextTable.scenarios("tables/services.txt", ControlBench::founded);
    }

    @TestFactory
    Stream<DynamicTest> serviceRules() {
        return TextTable.scenarios("tables/service-rules.txt", ControlBench::founded);
    }

    @TestFactory
    Stream<DynamicTest> networks() {
        return TextTable.scenarios("tables/networks.txt", ControlBench::founded);
    }

    @TestFactory
    Stream<DynamicTest> stacks() {
        return TextTable.scenarios("tables/stacks.txt", ControlBench::founded);
    }

    @TestFactory
    Stream<DynamicTest> data() {
        return TextTable.scenarios("tables/data.txt", ControlBench::founded);
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        return TextTable.scenarios("tables/nodes.txt", NodeBench::new);
    }
}
