#!/usr/bin/env bash
# Makes the image of this example from Debian's static busybox: one program, and a script to start the web server.
# Called by `./skep up`; does nothing when the image is there.
set -euo pipefail

skep=${SKEP:-$(dirname "${BASH_SOURCE[0]}")/../../skep}
image=example/web:1

if grep -qE '^example/web +1 ' <<<"$("$skep" swarm:image-ls)"; then
    exit
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir -p "$root"/{bin,dev,etc,proc,sys,tmp,www}
cp "$(PATH=$PATH:/usr/sbin:/sbin command -v busybox)" "$root/bin/busybox"
for program in $("$root/bin/busybox" --list); do
    [[ -e $root/bin/$program ]] || ln -s busybox "$root/bin/$program"
done

# Each replica answers with its own name. The shell passes the signal to stop on, which process 1 would ignore.
cat >"$root/bin/serve" <<'SERVE'
#!/bin/sh
trap 'kill $server' TERM INT
hostname >/www/index.html
httpd -f -p 80 -h /www &
server=$!
wait $server
SERVE

# Asks the web service by its name, once a second.
cat >"$root/bin/ask" <<'ASK'
#!/bin/sh
trap 'exit 0' TERM INT
while true; do
    echo "answered by $(wget -q -T 2 -O - http://web/ || echo nobody)"
    sleep 1 &
    wait $!
done
ASK
chmod 755 "$root/bin/serve" "$root/bin/ask"

"$skep" swarm:image-import -c 'CMD ["/bin/serve"]' -c 'ENV PATH=/bin' -c 'EXPOSE 80/tcp' "$root" "$image" >/dev/null
echo "imported $image"
