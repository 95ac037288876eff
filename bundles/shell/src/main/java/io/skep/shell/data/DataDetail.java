package io.skep.shell.data;

import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A secret or a config as an inspection shows it; the content of a config is no secret.
 *
 * @param spec name and labels, of a config the content in base 64
 */
record DataDetail(String id, Instant createdAt, Instant updatedAt, Shown spec) {
    /**
     * What was asked for.
     *
     * @param data of a config only
     */
    record Shown(String name, Map<String, String> labels, Optional<String> data) {
        static Shown of(DataSpec spec, Optional<String> data) {
            return new Shown(spec.name(), spec.labels(), data);
        }
    }

    static DataDetail of(Secret secret) {
        return new DataDetail(
                secret.id(), secret.createdAt(), secret.updatedAt(), Shown.of(secret.spec(), Optional.empty()));
    }

    static DataDetail of(Config config) {
        Optional<String> data = Optional.of(config.data().value());
        return new DataDetail(config.id(), config.createdAt(), config.updatedAt(), Shown.of(config.spec(), data));
    }
}
