package io.skep.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.network.NamespaceLab;
import io.skep.contracts.network.NamespaceLab.Running;
import io.skep.contracts.network.Responder;
import io.skep.contracts.network.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in a namespace: what its containers find by name, and where it leads them. Needs root. */
final class NamesInContainersTest {
    private static final int SUFFIXES = 36 * 36 * 36;
    private static final String SUFFIX = Long.toString(ProcessHandle.current().pid() % SUFFIXES, Character.MAX_RADIX);
    private static final String INSTANCE = "td" + SUFFIX;

    @Test
    void findsAndReachesServicesByName(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("resolv.conf"), "nameserver " + NamespaceLab.FAR_ADDRESS + "\n");
        try (NamespaceLab lab = new NamespaceLab("dis" + SUFFIX)) {
            lab.start(lab.far(), FakeResolver.class, NamespaceLab.FAR_ADDRESS, "203.0.113.9");
            Running node = lab.start(lab.node(), NodeProgram.class, INSTANCE, directory.toString());
            try {
                tell(node, "service idle front 10.79.1.3");
                tell(node, "n1 web.1 web front 10.79.1.11 vip=10.79.1.2 tcp/18085:80");
                tell(node, "n1 web.2 web front 10.79.1.12 vip=10.79.1.2 tcp/18085:80");
                tell(node, "n1 client.1 client front 10.79.1.20");
                tell(node, "n1 other.1 other back 10.79.2.20");
                lab.start(INSTANCE + "-web.1", Responder.class, "w1", "80");
                lab.start(INSTANCE + "-web.2", Responder.class, "w2", "80");
                findsNames(lab);
                refusesForAServiceWithoutTasks(lab);
                reachesBackends(lab);
            } finally {
                tell(node, "detach");
                Files.deleteIfExists(Path.of("/run", INSTANCE + "-network"));
            }
        }
    }

    private static void findsNames(NamespaceLab lab) {
        assertThat(ask(lab, "client.1", "10.79.1.1", "web", "tasks.web", "web.2", "example.org", "nobody"))
                .isEqualTo("""
                        NOERROR 10.79.1.2 | NOERROR 10.79.1.2
                        NOERROR 10.79.1.11 10.79.1.12 | NOERROR 10.79.1.12 10.79.1.11
                        NOERROR 10.79.1.12 | NOERROR 10.79.1.12
                        NOERROR 203.0.113.9 | NOERROR 203.0.113.9
                        NXDOMAIN | NXDOMAIN""");
        assertThat(ask(lab, "other.1", "10.79.2.1", "web")).isEqualTo("NXDOMAIN | NXDOMAIN");
    }

    private static void refusesForAServiceWithoutTasks(NamespaceLab lab) {
        assertThat(ask(lab, "client.1", "10.79.1.1", "idle", "shop_idle", "tasks.idle"))
                .isEqualTo("""
                        NOERROR 10.79.1.3 | NOERROR 10.79.1.3
                        NOERROR 10.79.1.3 | NOERROR 10.79.1.3
                        NXDOMAIN | NXDOMAIN""");
        assertThat(ask(lab, "other.1", "10.79.2.1", "idle")).isEqualTo("NXDOMAIN | NXDOMAIN");
        assertThat(lab.java(INSTANCE + "-client.1", Visitor.class, "get", "1", "10.79.1.3", "80"))
                .contains("refused");
    }

    private static void reachesBackends(NamespaceLab lab) {
        assertThat(lab.java(INSTANCE + "-client.1", Visitor.class, "get", "10", "10.79.1.2", "80"))
                .isEqualTo("{w1 10.79.1.1=5, w2 10.79.1.1=5}");
        assertThat(lab.java(lab.far(), Visitor.class, "get", "10", NamespaceLab.NODE_ADDRESS, "18085"))
                .isEqualTo("{w1 10.200.0.2=5, w2 10.200.0.2=5}");
    }

    private static String ask(NamespaceLab lab, String task, String gateway, String... names) {
        String[] arguments = new String[names.length + 1];
        arguments[0] = gateway;
        System.arraycopy(names, 0, arguments, 1, names.length);
        return lab.java(INSTANCE + "-" + task, Questions.class, arguments);
    }

    private static void tell(Running node, String line) {
        node.tell(line);
        assertThat(node.line()).isEqualTo("done");
    }
}
