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

    @TestFactory
    Stream<DynamicTest> restart() {
        return TextTable.scenarios("tables/restart.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> drain() {
        return TextTable.scenarios("tables/drain.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> reaper() {
        return TextTable.scenarios("tables/reaper.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> allocation() {
        return TextTable.scenarios("tables/allocation.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> global() {
        return TextTable.scenarios("tables/global.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> update() {
        return TextTable.scenarios("tables/update.txt", Bench::new);
    }

    @TestFactory
    Stream<DynamicTest> job() {
        return TextTable.scenarios("tables/job.txt", Bench::new);
    }
}
