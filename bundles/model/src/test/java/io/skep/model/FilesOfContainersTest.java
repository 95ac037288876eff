package io.skep.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.codec.Codec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets and configs of a container are written as Docker writes them, and their content is not shown. */
class FilesOfContainersTest {
    private final ContainerSpec spec = ContainerSpec.of("web:1")
            .withFiles(
                    List.of(new SecretReference(FileTarget.named("password"), "s1", "db-password")),
                    List.of(new ConfigReference(new FileTarget("/etc/web.conf", "7", "8", 0400), "c1", "web-conf")));

    @Test
    void referencesHaveDockersNames() {
        String json = Codec.toJson(spec);
        assertThat(json)
                .containsSubsequence("\"Secrets\"", "\"File\"", "\"Name\"", "\"UID\"", "\"GID\"", "\"Mode\" : 292")
                .contains("\"SecretID\" : \"s1\"", "\"SecretName\"", "\"ConfigID\" : \"c1\"", "\"ConfigName\"");
        assertThat(Codec.fromJson(json, ContainerSpec.class)).isEqualTo(spec);
        assertThat(Codec.fromBytes(Codec.toBytes(spec), ContainerSpec.class)).isEqualTo(spec);
    }

    @Test
    void theContentOfASecretIsForMachinesOnly() {
        Secret secret = new Secret(
                "s1", Instant.EPOCH, Instant.EPOCH, new DataSpec("password", Map.of()), new Sensitive("c2VjcmV0"));
        assertThat(Codec.toJson(secret)).doesNotContain("c2VjcmV0");
        assertThat(secret.toString()).doesNotContain("c2VjcmV0");
        assertThat(Codec.fromBytes(Codec.toBytes(secret), Secret.class)).isEqualTo(secret);
    }
}
