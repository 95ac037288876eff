package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;

/** An image whose containers wait to be stopped, made of the machine's busybox on each host that shall run it. */
final class Image {
    static final String NAME = "test/wait:1";

    private static final String MAKE = """
            set -e
            mkdir -p /srv/image/{bin,dev,etc,proc,sys,tmp}
            cp /bin/busybox /srv/image/bin
            ln -sf busybox /srv/image/bin/sh
            ln -sf busybox /srv/image/bin/sleep
            printf '#!/bin/sh\\ntrap exit TERM\\nwhile :; do sleep 3600 & wait $!; done\\n' >/srv/image/bin/idle
            chmod +x /srv/image/bin/idle
            """;

    private Image() {}

    /** Puts it on a host. */
    static void load(Host host) {
        host.run("bash", "-c", MAKE).text();
        host.skep("swarm:image-import", "-c", "CMD [\"idle\"]", "/srv/image", NAME)
                .text();
    }
}
