package io.skep.runtime.oci;

import io.skep.contracts.table.TextTable;
import io.skep.model.SkepException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EngineFailureTest {
    @TestFactory
    Stream<DynamicTest> failures() {
        return TextTable.of("tables/engine-failure.txt", output -> {
            SkepException failure = EngineFailure.of(output, "serve");
            return failure.code() + ": " + failure.getMessage();
        });
    }
}
