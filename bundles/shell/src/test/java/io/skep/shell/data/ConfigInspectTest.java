package io.skep.shell.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.codec.Codec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A config shows what it holds, a secret does not. */
class ConfigInspectTest {
    private static final DataSpec SPEC = new DataSpec("site", Map.of("a", "b"));
    private static final Sensitive DATA = new Sensitive("bGlzdGVuIDgw");

    @Test
    void forPeopleTheContentStandsAsItIs() {
        Config config = new Config("c1", Instant.EPOCH, Instant.EPOCH, SPEC, DATA);
        assertThat(ConfigInspect.text(config)).contains("site", " - a=b", "Data:\nlisten 80\n");
        assertThat(Codec.toJson(DataDetail.of(config))).contains("bGlzdGVuIDgw", "\"Spec\"", "\"Labels\"");
    }

    @Test
    void theContentOfASecretIsNeverShown() {
        Secret secret = new Secret("s1", Instant.EPOCH, Instant.EPOCH, SPEC, DATA);
        assertThat(Codec.toJson(DataDetail.of(secret))).contains("site").doesNotContain("bGlzdGVuIDgw");
    }
}
