package io.skep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnlockKeyTest {
    @Test
    void everyKeyIsReadBackFromItsText() {
        Random random = new Random(36);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[UnlockKey.BYTES];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, i % UnlockKey.BYTES, (byte) 0);

            UnlockKey key = UnlockKey.of(bytes);

            assertThat(key.text()).matches("SKEPKEY-1-[0-9a-z]{50}");
            assertThat(UnlockKey.parse(" " + key.text() + "\n")).isEqualTo(key);
            assertThat(key.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void theLargestKeyIsOne() {
        byte[] largest = new byte[UnlockKey.BYTES];
        Arrays.fill(largest, (byte) 0xff);
        assertThat(UnlockKey.parse(UnlockKey.of(largest).text()).bytes()).isEqualTo(largest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SKEPKEY-1-",
                "SKEPKEY-2-00000000000000000000000000000000000000000000000001",
                "SKEPKEY-1-0000000000000000000000000000000000000000000000000",
                "SKEPKEY-1-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
            })
    void whatIsNoneIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> UnlockKey.parse(text))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("not an unlock key")
                .hasMessageNotContaining("SKEPKEY");
    }

    @Test
    void itIsNotPrinted() {
        UnlockKey key = UnlockKey.of(new byte[UnlockKey.BYTES]);
        assertThat(key.toString()).doesNotContain("000");
    }
}
