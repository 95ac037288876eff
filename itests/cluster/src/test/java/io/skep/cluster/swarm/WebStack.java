package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;

/** A stack whose one service answers on a published port. */
final class WebStack {
    static final String FILE = "/srv/web.yaml";
    static final String SERVICE = "shop_web";
    static final int PORT = 8080;

    private WebStack() {}

    /** Puts the file on a host. */
    static void write(Host host, int replicas) {
        host.run("bash", "-c", """
                        cat >%s <<'END'
                        services:
                          web:
                            image: %s
                            command: serve
                            ports: ["%d:80"]
                            deploy: {replicas: %d}
                        END
                        """.formatted(FILE, Image.NAME, PORT, replicas)).text();
    }

    static void deploy(Host manager) {
        manager.skep("swarm:stack-deploy", "-c", FILE, "shop").text();
    }
}
