package io.skep.identity.ca;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.contracts.table.TextTable;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RequestTableTest {
    private final BouncyAuthority authority = new BouncyAuthority();

    @TestFactory
    Stream<DynamicTest> requests() {
        return TextTable.of("tables/requests.txt", this::nameOrRefusal);
    }

    private String nameOrRefusal(String request) {
        try {
            return authority.keyName(request);
        } catch (SkepException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    @Test
    void aRequestOfAnyLengthIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> authority.keyName("x".repeat(1 << 20)))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("longer than");
    }

    /** Some bytes around the signature may be written in several ways. */
    @Test
    void aChangedByteNeverMakesAnotherKey() {
        String request = NodeKey.make(new SecureRandom()).request();
        String name = authority.keyName(request);
        byte[] good = Pem.body(SigningRequest.TYPE, request);
        Random random = new Random(2986);
        for (int i = 0; i < 400; i++) {
            byte[] changed = good.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            String outcome = nameOrRefusal(Pem.write(SigningRequest.TYPE, changed));
            if (!outcome.equals(name)) {
                assertThat(outcome).startsWith(ErrorCode.INVALID_ARGUMENT + " the request");
            }
        }
    }

    @Test
    void noiseIsRefused() {
        Random random = new Random(7468);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            assertThat(nameOrRefusal(Pem.write(SigningRequest.TYPE, noise))).startsWith("INVALID_ARGUMENT ");
            assertThat(nameOrRefusal(new String(noise, US_ASCII))).startsWith("INVALID_ARGUMENT ");
        }
    }
}
