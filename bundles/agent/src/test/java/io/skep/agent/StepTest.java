package io.skep.agent;

import io.skep.contracts.table.TextTable;
import io.skep.model.TaskState;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StepTest {
    @TestFactory
    Stream<DynamicTest> steps() {
        return TextTable.of("tables/step.txt", StepTest::row);
    }

    private static String row(String phaseName) {
        Step.Phase phase = Step.Phase.valueOf(phaseName.strip());
        StringBuilder text = new StringBuilder();
        for (TaskState desired : TaskState.values()) {
            text.append(line(desired.name(), Step.next(phase, desired, true)));
            Step forgotten = Step.next(phase, desired, false);
            if (forgotten != Step.next(phase, TaskState.RUNNING, false)) {
                throw new AssertionError("what is forgotten goes whatever was desired, but " + desired + " differs");
            }
        }
        return text + line("forgotten", Step.next(phase, TaskState.RUNNING, false));
    }

    private static String line(String desired, Step step) {
        return String.format(
                Locale.ROOT,
                "%-10s %s%n",
                desired.toLowerCase(Locale.ROOT),
                step.name().toLowerCase(Locale.ROOT));
    }
}
