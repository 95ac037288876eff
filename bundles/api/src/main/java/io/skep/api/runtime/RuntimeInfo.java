package io.skep.api.runtime;

import java.util.Optional;

/**
 * What a runtime is.
 *
 * @param name the service property {@code runtime}
 * @param version the version of the program underneath, such as {@code runc 1.1.5, conmon 2.1.6}
 * @param problem why it cannot work on this node and what to do, empty when it can
 */
public record RuntimeInfo(String name, String version, Optional<String> problem) {}
