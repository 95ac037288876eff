#!/usr/bin/env bash
# Makes the image example/web:1 out of nothing but busybox and imports it into the node that $SKEP talks to.
# Does nothing when the node has the image already.
set -euo pipefail

: "${SKEP:?SKEP must name the skep script, for instance SKEP=./skep}"
readonly image=example/web tag=1

if "$SKEP" swarm:image-ls | grep -qE "^$image +$tag( |$)"; then
    echo "image $image:$tag is there already"
    exit
fi

busybox=$(PATH=$PATH:/usr/sbin:/sbin command -v busybox) || {
    echo "busybox is missing; install the package busybox-static" >&2
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root

mkdir -p "$root"/{bin,dev,etc,proc,root,run,sys,tmp,var,www/cgi-bin}
chmod 1777 "$root/tmp"
cp "$(readlink -f "$busybox")" "$root/bin/busybox"
# Relative links: "busybox --install" would write down where busybox is on this machine.
for applet in $("$busybox" --list); do
    [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
done
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"

# The whole answer of the web server is one line that tells which replica gave it.
cat >"$root/www/cgi-bin/index.cgi" <<'EOF'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\nweb.%s\n' "$(hostname)"
EOF

# Process 1 of a container dies of no signal that it does not handle: hence the traps.
cat >"$root/bin/serve" <<'EOF'
#!/bin/sh
httpd -f -p "${1:-80}" -h /www &
server=$!
trap 'kill $server; exit 0' TERM INT
echo "serving port ${1:-80} as $(hostname)"
wait $server
EOF

cat >"$root/bin/call" <<'EOF'
#!/bin/sh
trap 'exit 0' TERM INT
while true; do
    # not wget's own -T: Debian's static busybox crashes on it when it has a name to resolve
    timeout 2 wget -q -O - "${1:-http://web/}" || echo "no answer from ${1:-http://web/}"
    # In the background, for a shell hears no signal while it waits for a command in front.
    sleep 1 &
    wait $! || exit 1
done
EOF
chmod 755 "$root/www/cgi-bin/index.cgi" "$root/bin/serve" "$root/bin/call"

tar -C "$root" --owner=0 --group=0 --numeric-owner -cf "$work/web.tar" .
# The node's shell reads the file as the node's user.
chmod 755 "$work"
"$SKEP" swarm:image-import -c 'CMD ["serve"]' -c 'EXPOSE 80' "$work/web.tar" "$image:$tag"
