package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words for people in what Declarative Services keep of a failed start. */
class DiagnosisTest {
    @Test
    void theInnermostWordsOfSkepsOwnAreTheReason() {
        String trace = """
                java.lang.reflect.InvocationTargetException
                \tat Constructor.newInstance(Constructor.java:490)
                Caused by: io.skep.model.SkepException: the outer words
                \tat io.skep.Outer.make(Outer.java:1)
                Caused by: io.skep.model.SkepException: port 7946 is taken; stop what uses it
                \t... 9 more
                Caused by: java.net.BindException: Address already in use
                """;
        assertThat(Diagnosis.reason(trace)).isEqualTo("port 7946 is taken; stop what uses it");
    }

    @Test
    void anyOtherFailureIsItsFirstLine() {
        assertThat(Diagnosis.reason("java.lang.IllegalStateException: odd\n\tat A.b(A.java:1)\n"))
                .isEqualTo("java.lang.IllegalStateException: odd");
        assertThat(Diagnosis.reason("")).contains("log:display");
    }
}
