package io.skep.runtime.oci.spec;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ImageConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a {@code config.json} is made from.
 *
 * @param image how the image runs by default
 * @param config what is asked for
 * @param account the user, resolved
 * @param hostname what the container calls itself
 * @param rootfs the mounted root file system
 * @param binds of files, directories and volumes, sources made
 * @param host what the host can do
 */
public record SpecInput(
        ImageConfig image,
        ContainerConfig config,
        Account account,
        String hostname,
        Path rootfs,
        List<Bind> binds,
        HostFacts host) {
    public SpecInput {
        binds = List.copyOf(binds);
    }
}
