package io.skep.api.runtime;

import io.skep.model.Mount;
import io.skep.model.Sensitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a runtime needs to make one container; empty optionals and lists mean the image's own choice.
 *
 * @param id the task's id, {@code [0-9a-z]{25}}; unique on the node
 * @param name shown to people, such as {@code web.1}
 * @param image a reference such as {@code example/web:1}; the process runtime ignores it
 * @param entrypoint replaces the image's entrypoint (and then also its command) when present
 * @param arguments replace the image's command when not empty
 * @param env {@code NAME=value} or {@code NAME} (which removes the image's variable), overlaying the image's
 * @param workingDirectory absolute
 * @param user {@code name|uid[:group|gid]}
 * @param hostname at most 63 characters
 * @param labels found again by {@link ContainerRuntime#adopt}
 * @param mounts sources of bind mounts must exist; named volumes are made when absent
 * @param limits what the kernel enforces
 * @param stopSignal a name such as {@code SIGTERM}
 * @param readOnly the root file system cannot be written
 * @param init a minimal init reaps orphans and forwards signals
 * @param networkNamespace path of the namespace to join; empty means the host's
 * @param nameservers for {@code /etc/resolv.conf}; empty leaves the host's
 * @param searchDomains for {@code /etc/resolv.conf}
 * @param hosts further lines of {@code /etc/hosts}, name to address
 * @param logs how the output is kept
 * @param files that are put into the container in memory: never on a disk, gone with the container
 */
public record ContainerConfig(
        String id,
        String name,
        String image,
        Optional<List<String>> entrypoint,
        List<String> arguments,
        List<String> env,
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> hostname,
        Map<String, String> labels,
        List<Mount> mounts,
        Limits limits,
        Optional<String> stopSignal,
        boolean readOnly,
        boolean init,
        Optional<Path> networkNamespace,
        List<String> nameservers,
        List<String> searchDomains,
        Map<String, String> hosts,
        LogLimits logs,
        List<File> files) {
    /** One without files. */
    public ContainerConfig(
            String id,
            String name,
            String image,
            Optional<List<String>> entrypoint,
            List<String> arguments,
            List<String> env,
            Optional<String> workingDirectory,
            Optional<String> user,
            Optional<String> hostname,
            Map<String, String> labels,
            List<Mount> mounts,
            Limits limits,
            Optional<String> stopSignal,
            boolean readOnly,
            boolean init,
            Optional<Path> networkNamespace,
            List<String> nameservers,
            List<String> searchDomains,
            Map<String, String> hosts,
            LogLimits logs) {
        this(
                id,
                name,
                image,
                entrypoint,
                arguments,
                env,
                workingDirectory,
                user,
                hostname,
                labels,
                mounts,
                limits,
                stopSignal,
                readOnly,
                init,
                networkNamespace,
                nameservers,
                searchDomains,
                hosts,
                logs,
                List.of());
    }

    /**
     * A file with a secret or a config; read-only in the container.
     *
     * @param target absolute path in the container
     * @param content in base 64
     * @param uid owner
     * @param gid group
     * @param mode permission bits
     */
    public record File(String target, Sensitive content, int uid, int gid, int mode) {}

    /**
     * Limits enforced by the kernel; zero means none.
     *
     * @param nanoCpus billionths of a processor
     * @param memoryBytes RSS and page cache, swap included
     * @param pids processes and threads
     */
    public record Limits(long nanoCpus, long memoryBytes, long pids) {
        /** No limits. */
        public static final Limits NONE = new Limits(0, 0, 0);
    }

    /**
     * How much output is kept.
     *
     * @param maxFileBytes a file is rotated when it reaches this; at least 4 KiB
     * @param maxFiles files kept, the current one included; 0 when nothing is kept
     */
    public record LogLimits(long maxFileBytes, int maxFiles) {
        /** Three files of 10 MiB. */
        public static final LogLimits STANDARD = new LogLimits(10L << 20, 3);

        /** Nothing is kept, as with Docker's log driver {@code none}. */
        public static final LogLimits NOTHING = new LogLimits(0, 0);

        /** True when output is kept at all. */
        public boolean kept() {
            return maxFiles > 0;
        }
    }
}
