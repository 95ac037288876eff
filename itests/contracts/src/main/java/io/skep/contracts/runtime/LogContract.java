package io.skep.contracts.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a container prints is kept, with times, within limits. */
interface LogContract extends RuntimeSubject {
    @Test
    default void keepsTheLinesInOrder() {
        String id = bench().run(bench().programs().print(List.of("one", "two", "three")));
        bench().exit(id);
        assertThat(bench().output(id)).containsExactly("one", "two", "three");
        assertThat(bench().lines(id, LogQuery.ALL)).extracting(LogLine::at).isSorted();
    }

    @Test
    default void tailGivesTheLastLines() {
        String id = bench().run(bench().programs().print(List.of("one", "two", "three")));
        bench().exit(id);
        LogQuery tail = new LogQuery(OptionalInt.of(2), Optional.empty(), false);
        assertThat(bench().lines(id, tail)).extracting(LogLine::text).containsExactly("two", "three");
        LogQuery none = new LogQuery(OptionalInt.of(0), Optional.empty(), false);
        assertThat(bench().lines(id, none)).isEmpty();
    }

    @Test
    default void sinceGivesWhatCameLater() {
        String id = bench().run(bench().programs().print(List.of("one")));
        bench().exit(id);
        Instant printed = bench().lines(id, LogQuery.ALL).get(0).at();
        LogQuery from = new LogQuery(OptionalInt.empty(), Optional.of(printed), false);
        assertThat(bench().lines(id, from)).hasSize(1);
        LogQuery after = new LogQuery(OptionalInt.empty(), Optional.of(printed.plus(Duration.ofNanos(1))), false);
        assertThat(bench().lines(id, after)).isEmpty();
    }

    @Test
    default void aSinkThatHasEnoughEndsTheReading() {
        String id = bench().run(bench().programs().print(List.of("one", "two", "three")));
        bench().exit(id);
        List<String> taken = new ArrayList<>();
        LogSink once = line -> {
            taken.add(line.text());
            return false;
        };
        bench().runtime().logs(id, LogQuery.ALL, once);
        assertThat(taken).containsExactly("one");
    }

    @Test
    default void followEndsWithTheContainer() {
        bench().require(RuntimeFeature.PROGRAMS);
        String id = bench().run(Programs.shell("echo one; sleep 0.3; echo two; sleep 0.3; echo three"));
        LogQuery follow = new LogQuery(OptionalInt.empty(), Optional.empty(), true);
        assertThat(bench().lines(id, follow)).extracting(LogLine::text).containsExactly("one", "two", "three");
        assertThat(bench().exit(id).code()).isZero();
        assertThat(bench().lines(id, follow)).hasSize(3);
    }

    @Test
    default void tellsTheStreams() {
        bench().require(RuntimeFeature.PROGRAMS);
        String id = bench().run(Programs.shell("echo out; echo err >&2"));
        bench().exit(id);
        assertThat(bench().lines(id, LogQuery.ALL))
                .extracting(line -> line.stream() + " " + line.text())
                .containsExactlyInAnyOrder("STDOUT out", "STDERR err");
    }

    @Test
    default void longLinesUnfinishedLinesAndStrangeBytesArrive() {
        bench().require(RuntimeFeature.PROGRAMS);
        String id = bench().run(Programs.shell(
                "head -c 30000 /dev/zero | tr '\\0' x; echo; echo; printf 'sm\\303\\270rg \\377\\n'; printf end"));
        bench().exit(id);
        assertThat(bench().output(id)).containsExactly("x".repeat(30_000), "", "smørg \uFFFD", "end");
    }

    @Test
    default void nothingIsKeptWhereNothingIsToBe() {
        String id = bench().run(bench().config()
                .arguments(bench().programs().print(List.of("one", "two")))
                .logs(0, 0));
        assertThat(bench().exit(id).code()).isZero();
        assertThat(bench().output(id)).isEmpty();
        assertThat(bench().lines(id, new LogQuery(OptionalInt.empty(), Optional.empty(), true)))
                .isEmpty();
    }

    @Test
    default void oldOutputIsGivenUpInWholeFiles() {
        bench().require(RuntimeFeature.LOG_ROTATION);
        bench().require(RuntimeFeature.PROGRAMS);
        String script = "i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line-$i-0123456789012345678901234567890123456789"
                + "0123456789; [ $((i % 10)) = 0 ] && sleep 0.1; done; echo last";
        long bytesPerTen = 1000;
        String id =
                bench().run(bench().config().arguments(Programs.shell(script)).logs(2 * bytesPerTen, 2));
        bench().exit(id);
        List<String> kept = bench().output(id);
        assertThat(kept).last().isEqualTo("last");
        assertThat(kept.size()).as("lines kept of 61").isBetween(10, 58);
        int first = Integer.parseInt(kept.get(0).split("-", -1)[1]);
        assertThat(kept.subList(0, kept.size() - 1))
                .as("no line is missing between the first kept and the last")
                .allSatisfy(line -> assertThat(line).startsWith("line-"))
                .extracting(line -> Integer.parseInt(line.split("-", -1)[1]))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(first, 60).boxed().toList());
    }
}
