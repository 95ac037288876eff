package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives a configuration a network. */
final class Networked {
    private Networked() {}

    static ContainerConfig in(ContainerConfig plain, Path namespace) {
        return new ContainerConfig(
                plain.id(),
                plain.name(),
                plain.image(),
                plain.entrypoint(),
                plain.arguments(),
                plain.env(),
                plain.workingDirectory(),
                plain.user(),
                plain.hostname(),
                plain.labels(),
                plain.mounts(),
                plain.limits(),
                plain.stopSignal(),
                plain.readOnly(),
                plain.init(),
                Optional.of(namespace),
                List.of("10.1.2.3"),
                List.of("hive.internal"),
                Map.of("queen", "10.0.0.9"),
                plain.logs());
    }
}
