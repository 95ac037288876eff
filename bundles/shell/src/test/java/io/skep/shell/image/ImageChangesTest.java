package io.skep.shell.image;

import io.skep.api.runtime.ImageConfig;
import io.skep.contracts.table.TextTable;
import io.skep.model.SkepException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ImageChangesTest {
    @TestFactory
    Stream<DynamicTest> changes() {
        return TextTable.of("tables/image-changes.txt", ImageChangesTest::config);
    }

    private static String config(String lines) {
        try {
            ImageConfig config = ImageChanges.config(lines.lines().toList());
            return "entrypoint " + config.entrypoint() + "\ncommand " + config.command() + "\nenv " + config.env()
                    + "\ndirectory '" + config.workingDirectory() + "' user '" + config.user() + "' signal '"
                    + config.stopSignal() + "' ports " + config.exposedPorts();
        } catch (SkepException e) {
            return e.code() + ": " + e.getMessage();
        }
    }
}
