package io.skep.runtime.oci.spec;

import java.nio.file.Path;

/**
 * A path of the host that a container sees.
 *
 * @param source file or directory, absolute
 * @param target absolute path in the container
 * @param readOnly cannot be written from the container
 */
public record Bind(Path source, String target, boolean readOnly) {}
