package io.skep.runtime.oci.spec;

import java.util.List;
import java.util.Map;

/** The privileges of root that a container keeps (capabilities(7)): the set that users of Docker know. */
final class Capabilities {
    private static final List<String> KEPT = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

    private Capabilities() {}

    /** The sets of a process; a user that is not root begins with none and could only gain those in the bounding set. */
    static Map<String, Object> of(Account account) {
        List<String> held = account.uid() == 0 ? KEPT : List.of();
        return Json.object("bounding", KEPT, "effective", held, "permitted", held);
    }
}
