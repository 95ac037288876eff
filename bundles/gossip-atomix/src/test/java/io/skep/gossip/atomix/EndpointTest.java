package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.SkepException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:7946, 10.0.0.1:7946",
        "localhost:80, 127.0.0.1:80",
        "[::1]:65535, [::1]:65535",
        "[fe80::1:2]:1, [fe80::1:2]:1"
    })
    void readsAndWritesAddresses(String text, String same) {
        assertThat(Endpoint.parse(text)).hasToString(same);
        assertThat(Endpoint.parse(text).socketAddress().getPort())
                .isEqualTo(Endpoint.parse(text).port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "10.0.0.1",
                "10.0.0.1:",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.256:1",
                "example.org:1",
                "1:x"
            })
    void refusesTheRestAndNamesTheRemedy(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("IP address");
    }
}
