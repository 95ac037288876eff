package io.skep.network.linux;

import java.util.Collection;
import java.util.List;

/** Writes the shell script that takes links, bridges and namespaces down; what is already gone is no failure. Pure. */
final class DetachScript {
    /** Links are removed as one group, which costs one wait for the kernel's readers instead of one a link. */
    private static final int GROUP = 0x534b4550;

    private DetachScript() {}

    /** The script. */
    static String of(Collection<String> links, List<String> namespaces) {
        StringBuilder text = new StringBuilder("ip -force -batch - <<'END'\n");
        for (String link : links) {
            text.append("link set ")
                    .append(link)
                    .append(" group ")
                    .append(GROUP)
                    .append('\n');
        }
        if (!links.isEmpty()) {
            text.append("link del group ").append(GROUP).append('\n');
        }
        for (String namespace : namespaces) {
            text.append("netns del ").append(namespace).append('\n');
        }
        return text.append("END\n").toString();
    }
}
