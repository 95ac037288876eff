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

    /** A docker-archive of the same with some megabytes more, so that it goes over the network in many pieces. */
    private static final String PACK = """
            set -e
            mkdir -p /srv/archive
            cd /srv/archive
            head -c 5000000 /dev/urandom >/srv/image/ballast
            tar -C /srv/image -cf layer.tar .
            rm /srv/image/ballast
            arch=$(uname -m | sed 's/x86_64/amd64/;s/aarch64/arm64/')
            digest=$(sha256sum layer.tar | cut -d' ' -f1)
            printf '{"architecture":"%s","os":"linux","config":{"Cmd":["idle"]},' "$arch" >config.json
            printf '"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$digest" >>config.json
            printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$0" >manifest.json
            tar -cf /srv/image.tar manifest.json config.json layer.tar
            """;

    private Image() {}

    /** Writes a file with an image of this name on a host that has {@link #NAME}; its path. */
    static String archive(Host host, String name) {
        host.run("bash", "-c", PACK, name).text();
        return "/srv/image.tar";
    }

    /** Puts it on a host. */
    static void load(Host host) {
        host.run("bash", "-c", MAKE).text();
        host.skep("swarm:image-import", "-c", "CMD [\"idle\"]", "/srv/image", NAME)
                .text();
    }
}
