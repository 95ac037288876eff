package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;
import java.util.List;

/** An image whose containers answer every web request with their name, made of the machine's busybox, and requests to them. */
final class Web {
    static final String NAME = "test/web:1";
    /** What stands for a request without an answer. */
    static final String NOTHING = "nothing";

    private static final String MAKE = """
            set -e
            mkdir -p /srv/web/{bin,dev,etc,proc,sys,tmp,www/cgi-bin}
            cp /bin/busybox /srv/web/bin
            for applet in sh httpd wget timeout hostname sleep; do ln -sf busybox /srv/web/bin/$applet; done
            printf '#!/bin/sh\\nprintf "Content-Type: text/plain\\\\r\\\\n\\\\r\\\\n"; hostname\\n' >/srv/web/www/cgi-bin/index.cgi
            printf '#!/bin/sh\\ntrap exit TERM\\nhttpd -f -p 80 -h /www & wait $!\\n' >/srv/web/bin/serve
            chmod +x /srv/web/www/cgi-bin/index.cgi /srv/web/bin/serve
            tar -C /srv/web -cf /srv/web.tar .
            """;

    /** Asks so often, each time by a new connection, and prints a line for each. */
    private static final String ASK = """
            for i in $(busybox seq %d); do
                busybox timeout 1 busybox wget -q -O - http://%s/cgi-bin/index.cgi || echo nothing
            done
            """;

    /** Asks until so many requests in a row were answered; prints how many were not. */
    private static final String SETTLE = """
            lost=0
            row=0
            while [ $row -lt 20 ] && [ $lost -lt 30 ]; do
                if busybox timeout 1 busybox wget -q -O /dev/null http://%s/cgi-bin/index.cgi; then
                    row=$((row + 1))
                else
                    row=0
                    lost=$((lost + 1))
                fi
            done
            echo $lost
            """;

    private Web() {}

    /** Puts the image on all hosts, by a manager. */
    static void load(Host manager) {
        manager.run("bash", "-c", MAKE).text();
        manager.skep("swarm:image-import", "--all-nodes", "-c", "CMD [\"serve\"]", "/srv/web.tar", NAME)
                .text();
    }

    /** Who answers a container's requests, one after the other. */
    static List<String> askedFrom(Host host, String container, String address, int times) {
        return Containers.within(host, container, ASK.formatted(times, address))
                .lines()
                .toList();
    }

    /** Who answers a host's requests, one after the other. */
    static List<String> askedFrom(Host host, String address, int times) {
        return host.run("bash", "-c", ASK.formatted(times, address))
                .text()
                .lines()
                .toList();
    }

    /** How many requests of a container are not answered until twenty in a row are. */
    static int lostFrom(Host host, String container, String address) {
        return Integer.parseInt(Containers.within(host, container, SETTLE.formatted(address)));
    }

    /** How many requests of a host are not answered until twenty in a row are. */
    static int lostFrom(Host host, String address) {
        return Integer.parseInt(
                host.run("bash", "-c", SETTLE.formatted(address)).text());
    }
}
