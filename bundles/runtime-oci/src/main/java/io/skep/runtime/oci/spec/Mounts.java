package io.skep.runtime.oci.spec;

import io.skep.model.Mount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The mounts of a container: the kernel's own file systems first, then what was asked for, outer before inner. */
final class Mounts {
    private static final int STICKY = 01777;

    private Mounts() {}

    static List<Map<String, Object>> of(SpecInput input) {
        List<Map<String, Object>> mounts = new ArrayList<>(kernel());
        List<Map<String, Object>> asked = new ArrayList<>();
        input.binds().forEach(bind -> asked.add(bind(bind)));
        input.config().mounts().stream()
                .filter(mount -> mount.type() == Mount.Type.TMPFS)
                .forEach(mount -> asked.add(tmpfs(mount)));
        asked.sort(Comparator.comparingLong(mount -> depth(String.valueOf(mount.get("destination")))));
        mounts.addAll(asked);
        return mounts;
    }

    private static List<Map<String, Object>> kernel() {
        return List.of(
                mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"),
                mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
                mount(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        "nosuid",
                        "noexec",
                        "newinstance",
                        "ptmxmode=0666",
                        "mode=0620",
                        "gid=5"),
                mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
                mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
                mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"),
                mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro"));
    }

    private static Map<String, Object> bind(Bind bind) {
        return mount(
                bind.target(), "bind", bind.source().toString(), "rbind", "rprivate", bind.readOnly() ? "ro" : "rw");
    }

    private static Map<String, Object> tmpfs(Mount mount) {
        List<String> options = new ArrayList<>(List.of("nosuid", "nodev", "noexec"));
        options.add("mode=" + Integer.toOctalString(mount.mode() == 0 ? STICKY : mount.mode()));
        options.add(mount.readOnly() ? "ro" : "rw");
        if (mount.sizeBytes() > 0) {
            options.add("size=" + mount.sizeBytes());
        }
        return mount(mount.target(), "tmpfs", "tmpfs", options.toArray(String[]::new));
    }

    private static long depth(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    private static Map<String, Object> mount(String destination, String type, String source, String... options) {
        return Json.object("destination", destination, "type", type, "source", source, "options", List.of(options));
    }
}
