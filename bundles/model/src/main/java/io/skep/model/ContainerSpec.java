package io.skep.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What runs in a task (Docker Engine API, {@code ContainerSpec}); empty strings and lists leave the choice to the image.
 *
 * @param image reference such as {@code example/web:1}
 * @param command replaces the image's entrypoint when not empty
 * @param args replaces the image's command when not empty
 * @param env {@code NAME=value}, or {@code NAME} to remove the image's
 * @param dir working directory, absolute
 * @param user {@code name|uid[:group|gid]}
 * @param hostname at most 63 characters
 * @param labels of the container
 * @param mounts file systems that the container sees
 * @param stopSignal such as {@code SIGTERM}
 * @param stopGracePeriod between the stop signal and the kill
 * @param readOnly the root file system cannot be written
 * @param init a minimal init reaps orphans and forwards signals
 * @param hosts further names for {@code /etc/hosts}, name to address
 * @param secrets files that only the tasks of the service get
 * @param configs further files
 */
public record ContainerSpec(
        String image,
        List<String> command,
        List<String> args,
        List<String> env,
        String dir,
        String user,
        String hostname,
        Map<String, String> labels,
        List<Mount> mounts,
        String stopSignal,
        Duration stopGracePeriod,
        boolean readOnly,
        boolean init,
        Map<String, String> hosts,
        List<SecretReference> secrets,
        List<ConfigReference> configs) {
    /** Docker's default between stop signal and kill. */
    public static final Duration STANDARD_GRACE = Duration.ofSeconds(10);

    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = List.copyOf(env);
        labels = Sorted.copy(labels);
        mounts = List.copyOf(mounts);
        hosts = Sorted.copy(hosts);
        secrets = List.copyOf(secrets);
        configs = List.copyOf(configs);
    }

    /** One without secrets and configs. */
    public ContainerSpec(
            String image,
            List<String> command,
            List<String> args,
            List<String> env,
            String dir,
            String user,
            String hostname,
            Map<String, String> labels,
            List<Mount> mounts,
            String stopSignal,
            Duration stopGracePeriod,
            boolean readOnly,
            boolean init,
            Map<String, String> hosts) {
        this(
                image,
                command,
                args,
                env,
                dir,
                user,
                hostname,
                labels,
                mounts,
                stopSignal,
                stopGracePeriod,
                readOnly,
                init,
                hosts,
                List.of(),
                List.of());
    }

    /** The same with other files. */
    public ContainerSpec withFiles(List<SecretReference> otherSecrets, List<ConfigReference> otherConfigs) {
        return new ContainerSpec(
                image,
                command,
                args,
                env,
                dir,
                user,
                hostname,
                labels,
                mounts,
                stopSignal,
                stopGracePeriod,
                readOnly,
                init,
                hosts,
                otherSecrets,
                otherConfigs);
    }

    /** Only an image, everything else as the image and Docker's defaults say. */
    public static ContainerSpec of(String image) {
        return new ContainerSpec(
                image,
                List.of(),
                List.of(),
                List.of(),
                "",
                "",
                "",
                Map.of(),
                List.of(),
                "",
                STANDARD_GRACE,
                false,
                false,
                Map.of());
    }
}
