package io.skep.runtime.oci.spec;

import io.skep.api.runtime.ContainerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Composes the {@code config.json} of one container (OCI runtime specification 1.0.2). */
public final class RuntimeSpec {
    /** Where the minimal init is seen in a container that asked for one. */
    public static final String INIT = "/sbin/skep-init";

    private static final String CGROUPS = "/skep/";
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private RuntimeSpec() {}

    /** The control group of a container, below each controller's root: absolute, so that it nests under no caller's. */
    public static String cgroup(String id) {
        return CGROUPS + id;
    }

    /** The file's content, as a tree of maps, lists, texts, numbers and booleans. */
    public static Map<String, Object> compose(SpecInput input) {
        return Json.object(
                "ociVersion",
                "1.0.2",
                "process",
                process(input),
                "root",
                Json.object(
                        "path",
                        input.rootfs().toString(),
                        "readonly",
                        input.config().readOnly()),
                "hostname",
                input.hostname(),
                "mounts",
                Mounts.of(input),
                "linux",
                linux(input));
    }

    private static Map<String, Object> process(SpecInput input) {
        long files = input.host().maxOpenFiles();
        Account account = input.account();
        return Json.object(
                "terminal",
                false,
                "user",
                Json.object("uid", account.uid(), "gid", account.gid(), "additionalGids", account.groups()),
                "args",
                arguments(input),
                "env",
                CommandLine.environment(input.image(), input.config(), input.hostname()),
                "cwd",
                CommandLine.workingDirectory(input.image(), input.config()),
                "capabilities",
                Capabilities.of(account),
                "rlimits",
                List.of(Json.object("type", "RLIMIT_NOFILE", "hard", files, "soft", files)),
                "noNewPrivileges",
                true);
    }

    private static List<String> arguments(SpecInput input) {
        List<String> command = CommandLine.arguments(input.image(), input.config());
        if (!input.config().init()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of(INIT, "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static Map<String, Object> linux(SpecInput input) {
        ContainerConfig config = input.config();
        Map<String, Object> linux = Json.object(
                "cgroupsPath",
                cgroup(config.id()),
                "resources",
                Resources.of(config.limits(), input.host()),
                "namespaces",
                namespaces(input),
                "maskedPaths",
                MASKED,
                "readonlyPaths",
                READ_ONLY);
        if (input.host().seccomp()) {
            linux.put("seccomp", Seccomp.profile(input.host().processor()));
        }
        return linux;
    }

    private static List<Map<String, Object>> namespaces(SpecInput input) {
        List<Map<String, Object>> namespaces = new ArrayList<>();
        List.of("pid", "ipc", "uts", "mount").forEach(type -> namespaces.add(Json.object("type", type)));
        if (input.host().unifiedCgroups()) {
            namespaces.add(Json.object("type", "cgroup"));
        }
        input.config()
                .networkNamespace()
                .map(Path::toString)
                .ifPresent(path -> namespaces.add(Json.object("type", "network", "path", path)));
        return namespaces;
    }
}
