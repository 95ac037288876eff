package io.skep.runtime.oci.image;

import io.skep.contracts.table.TextTable;
import io.skep.model.SkepException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ImageTablesTest {
    @TestFactory
    Stream<DynamicTest> references() {
        return lines("tables/image-references.txt", line -> {
            ImageReference reference = ImageReference.parse(line);
            return reference.canonical()
                    + reference.digest().map(digest -> " pinned").orElse("");
        });
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return lines("tables/image-names.txt", line -> {
            String[] parts = line.split(", ", -1);
            Optional<String> annotation = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
            return ImageNames.of(parts[0]).of(annotation, "id").get(0).canonical();
        });
    }

    @TestFactory
    Stream<DynamicTest> mounts() {
        return TextTable.of(
                "tables/mountinfo.txt", input -> MountInfo.parse(input.lines().toList()).stream()
                        .map(mount -> mount.type() + " " + mount.source() + " on " + mount.mountPoint())
                        .collect(Collectors.joining("\n")));
    }

    private static Stream<DynamicTest> lines(String file, UnaryOperator<String> each) {
        return TextTable.of(file, input -> input.lines()
                .map(line -> line + " -> " + answer(line, each))
                .collect(Collectors.joining("\n")));
    }

    private static String answer(String line, UnaryOperator<String> each) {
        try {
            return each.apply(line);
        } catch (SkepException e) {
            return e.code().toString();
        }
    }
}
