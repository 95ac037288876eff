#!/usr/bin/env bash
# How long the programs below Skep take by themselves on this machine: benchmarks/bare.sh [CONTAINERS] [RUNS]
# Network namespaces with a veth pair on one bridge each, an overlay mount each, then conmon and runc, all containers at once.
# What services.sh shows beyond this is Skep's own. Needs root; makes a mount, network and process namespace of its own.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
    exec unshare --net --mount --pid --fork --mount-proc "$0" --inside "${1:-20}" "${2:-5}"
fi
count=$2 runs=$3
work=$(mktemp -d)
trap 'umount -q "$work"; rmdir "$work"' EXIT
mount -t tmpfs tmpfs "$work"
mkdir -p "$work/image/bin" /run/netns
mount -t tmpfs tmpfs /run/netns
cp "$(command -v busybox)" "$work/image/bin/"
ln -s busybox "$work/image/bin/sleep"

links() {
    local i
    for ((i = 0; i < count; i++)); do
        ip netns add "bare$i"
    done
    for ((i = 0; i < count; i++)); do
        printf 'link add bare%d type veth peer name eth0 netns bare%d\nlink set bare%d master bare up\n' $i $i $i
    done | ip -batch -
}

create() {
    local dir=$work/$1
    mkdir -p "$dir"/{rootfs,upper,work,exits}
    mount -t overlay overlay -o "lowerdir=$work/image,upperdir=$dir/upper,workdir=$dir/work" "$dir/rootfs"
    sed -e 's#"terminal": true#"terminal": false#' -e 's#"sh"#"sleep", "1000"#' \
        -e "s#\"type\": \"network\"#\"type\": \"network\", \"path\": \"/run/netns/$1\"#" "$work/config.json" >"$dir/config.json"
    # The monitor stays and says one line on pipe 3, once the container is there.
    # shellcheck disable=SC2034
    IFS= read -r word < <(_OCI_SYNCPIPE=3 conmon --api-version 1 --cid "$1" --cuuid "$1" --name "$1" --runtime "$(command -v runc)" \
        --runtime-arg --root --runtime-arg "$work/state" --bundle "$dir" --container-pidfile "$dir/pid" --conmon-pidfile "$dir/monitor" \
        --exit-dir "$dir/exits" --persist-dir "$dir" --log-path "k8s-file:$dir/log" --full-attach 3>&1 >/dev/null 2>&1)
    runc --root "$work/state" start "$1"
}

remove() {
    runc --root "$work/state" delete --force "$1" 2>/dev/null
    umount "$work/$1/rootfs"
    rm -rf "${work:?}/$1"
    ip netns del "$1"
}

all() {
    local i
    for ((i = 0; i < count; i++)); do
        "$1" "bare$i" &
    done
    wait
}

ip link set lo up
ip link add bare type bridge
ip link set bare up
(cd "$work" && runc spec)
for ((run = 0; run < runs; run++)); do
    start=$EPOCHREALTIME
    links
    linked=$EPOCHREALTIME
    all create
    end=$EPOCHREALTIME
    running=$(runc --root "$work/state" list | grep -c running)
    ((running == count)) || { echo "bare.sh: $running of $count containers run" >&2; exit 1; }
    echo "$(((${end/./} - ${start/./}) / 1000)) $(((${linked/./} - ${start/./}) / 1000))"
    all remove
done | sort -n | awk -v count="$count" '{ all[NR] = $1; net[NR] = $2 }
    END { m = int((NR + 1) / 2); printf "%d containers run after %d ms (%d to %d), %d ms of it their networks\n", count, all[m], all[1], all[NR], net[m] }'
