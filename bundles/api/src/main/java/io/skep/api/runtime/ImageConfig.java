package io.skep.api.runtime;

import java.util.List;
import java.util.Map;

/**
 * The part of an image's configuration that decides how it runs (OCI image specification 1.1, "config"); empty strings and lists mean unset.
 *
 * @param entrypoint the fixed part of the command line
 * @param command the part that a service's arguments replace
 * @param env {@code NAME=value}
 * @param workingDirectory absolute, or empty for {@code /}
 * @param user {@code name|uid[:group|gid]}
 * @param stopSignal a name such as {@code SIGQUIT}
 * @param labels of the image
 * @param exposedPorts such as {@code 80/tcp}
 * @param volumes paths that get an anonymous volume
 */
public record ImageConfig(
        List<String> entrypoint,
        List<String> command,
        List<String> env,
        String workingDirectory,
        String user,
        String stopSignal,
        Map<String, String> labels,
        List<String> exposedPorts,
        List<String> volumes) {
    /** Nothing set. */
    public static final ImageConfig EMPTY =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", Map.of(), List.of(), List.of());
}
