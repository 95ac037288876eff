package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;

/**
 * An image whose containers wait to be stopped, or serve a web page when {@code serve} is their command; made of the machine's busybox on each host that
 * shall run it.
 */
final class Image {
    static final String NAME = "test/wait:1";

    /** What the web page says. */
    static final String ANSWER = "bees";

    private static final String MAKE = """
            set -e
            mkdir -p /srv/image/{bin,dev,etc,proc,sys,tmp,www}
            cp /bin/busybox /srv/image/bin
            ln -sf busybox /srv/image/bin/sh
            ln -sf busybox /srv/image/bin/sleep
            ln -sf busybox /srv/image/bin/httpd
            echo bees >/srv/image/www/index.html
            printf '#!/bin/sh\\ntrap exit TERM\\nwhile :; do sleep 3600 & wait $!; done\\n' >/srv/image/bin/idle
            printf '#!/bin/sh\\nhttpd -f -p 80 -h /www &\\nserver=$!\\ntrap "kill $server; exit" TERM\\nwait $server\\n' >/srv/image/bin/serve
            chmod +x /srv/image/bin/*
            """;

    private Image() {}

    /** Puts it on a host. */
    static void load(Host host) {
        host.run("bash", "-c", MAKE).text();
        host.skep("swarm:image-import", "-c", "CMD [\"idle\"]", "/srv/image", NAME)
                .text();
    }
}
