package io.skep.manager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids("request", Samples.NOW);

    @Test
    void looksLikeAnIdOfTheSwarm() {
        for (int i = 0; i < 200; i++) {
            assertThat(ids.of("service/" + i)).matches("[0-9a-z]{25}");
        }
    }

    @Test
    void isTheSameWheneverTheRequestIsRepeatedAndAnotherForAnythingElse() {
        assertThat(new Ids("request", Samples.NOW.plusSeconds(9)).of("service/web"))
                .isEqualTo(ids.of("service/web"));
        assertThat(ids.of("service/other")).isNotEqualTo(ids.of("service/web"));
        assertThat(new Ids("another", Samples.NOW).of("service/web")).isNotEqualTo(ids.of("service/web"));
    }
}
