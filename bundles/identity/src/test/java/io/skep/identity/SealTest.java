package io.skep.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] CONTENT = "the key of the root and more".getBytes(UTF_8);
    private static final UnlockKey KEY = key(7);

    private final SecureRandom random = new SecureRandom();

    private static UnlockKey key(int filled) {
        byte[] bytes = new byte[UnlockKey.BYTES];
        Arrays.fill(bytes, (byte) filled);
        return UnlockKey.of(bytes);
    }

    @Test
    void withoutAKeyTheContentIsThereAsItIs() {
        byte[] file = Seal.close(CONTENT, Optional.empty(), random);

        assertThat(Seal.locked(file)).isFalse();
        assertThat(Seal.open(file)).isEqualTo(CONTENT);
    }

    @Test
    void withAKeyOnlyThatKeyOpens() {
        byte[] file = Seal.close(CONTENT, Optional.of(KEY), random);

        assertThat(Seal.locked(file)).isTrue();
        assertThat(new String(file, UTF_8)).doesNotContain("root");
        assertThat(Seal.open(file, KEY)).isEqualTo(CONTENT);
        refused(ErrorCode.INVALID_ARGUMENT, "does not fit", () -> Seal.open(file, key(8)));
        refused(ErrorCode.CORRUPT, "unknown form", () -> Seal.open(file));
    }

    /** Made apart from this code, by another language's HKDF and AES-GCM: the salt is the bytes 0 to 31. */
    @Test
    void theFormIsTheOneThatIsWrittenDown() {
        byte[] file = Base64.getDecoder()
                .decode("c2tlcCBzZWNyZXRzIDEgbG9ja2VkCgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4foV7uvKtg"
                        + "teppuR2khRVJqmGtoWjmakwCkj7kXXchLLq8ZJwzSvwyGRgV3K8=");

        assertThat(Seal.open(file, KEY)).isEqualTo(CONTENT);
    }

    @Test
    void everyFileIsEncryptedAnew() {
        assertThat(Seal.close(CONTENT, Optional.of(KEY), random))
                .isNotEqualTo(Seal.close(CONTENT, Optional.of(KEY), random));
    }

    @Test
    void aChangedOrShortenedFileIsNotOpened() {
        byte[] file = Seal.close(CONTENT, Optional.of(KEY), random);
        for (int i = "skep secrets 1 locked\n".length(); i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> Seal.open(changed, KEY)).isInstanceOf(SkepException.class);
            byte[] cut = Arrays.copyOf(file, i);
            assertThatThrownBy(() -> Seal.open(cut, KEY)).isInstanceOf(SkepException.class);
        }
    }

    @Test
    void whatIsNeitherIsCorrupt() {
        refused(ErrorCode.CORRUPT, "unknown form", () -> Seal.open(new byte[0]));
        refused(ErrorCode.CORRUPT, "unknown form", () -> Seal.open("skep secrets 2".getBytes(UTF_8)));
    }

    private static void refused(ErrorCode code, String why, Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }
}
