package io.skep.runtime.oci.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system calls that a container is refused: those that reach the kernel, the host's clock, its modules, its mounts, other
 * namespaces or other processes' memory. It names what is refused, not what is allowed, so that new harmless calls work.
 */
final class Seccomp {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET of clone(2). */
    private static final List<Long> NEW_NAMESPACES =
            List.of(0x0002_0000L, 0x0200_0000L, 0x0400_0000L, 0x0800_0000L, 0x1000_0000L, 0x2000_0000L, 0x4000_0000L);

    private static final List<String> REFUSED = List.of(
            "acct",
            "add_key",
            "bpf",
            "clock_adjtime",
            "clock_settime",
            "create_module",
            "delete_module",
            "finit_module",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "get_kernel_syms",
            "init_module",
            "ioperm",
            "iopl",
            "kcmp",
            "kexec_file_load",
            "kexec_load",
            "keyctl",
            "lookup_dcookie",
            "mount",
            "mount_setattr",
            "move_mount",
            "nfsservctl",
            "open_by_handle_at",
            "open_tree",
            "perf_event_open",
            "pivot_root",
            "process_vm_readv",
            "process_vm_writev",
            "query_module",
            "quotactl",
            "quotactl_fd",
            "reboot",
            "request_key",
            "setns",
            "settimeofday",
            "stime",
            "swapoff",
            "swapon",
            "sysfs",
            "_sysctl",
            "umount",
            "umount2",
            "unshare",
            "uselib",
            "userfaultfd",
            "ustat",
            "vm86",
            "vm86old");

    private Seccomp() {}

    /** The profile for a processor, named as Java names it ({@code os.arch}). */
    static Map<String, Object> profile(String processor) {
        List<Object> rules = new ArrayList<>();
        rules.add(refuse(REFUSED, EPERM));
        // Its flags are in memory, where a filter cannot look; C libraries fall back to clone on ENOSYS.
        rules.add(refuse(List.of("clone3"), ENOSYS));
        NEW_NAMESPACES.forEach(flag -> rules.add(refuseFlag("clone", flag)));
        return Json.object(
                "defaultAction", "SCMP_ACT_ALLOW", "architectures", architectures(processor), "syscalls", rules);
    }

    private static List<String> architectures(String processor) {
        return switch (processor) {
            case "amd64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
            case "aarch64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
            default -> List.of();
        };
    }

    private static Map<String, Object> refuse(List<String> names, int errno) {
        return Json.object("names", names, "action", "SCMP_ACT_ERRNO", "errnoRet", errno);
    }

    /** libseccomp compares a masked argument with one value, so that "any of these bits" takes a rule a bit. */
    private static Map<String, Object> refuseFlag(String name, long flag) {
        Map<String, Object> rule = refuse(List.of(name), EPERM);
        rule.put("args", List.of(Json.object("index", 0, "value", flag, "valueTwo", flag, "op", "SCMP_CMP_MASKED_EQ")));
        return rule;
    }
}
