#!/usr/bin/env bash
# Becomes process 1 of a host, inside the lab's PID namespace.
#   host.sh FOLDER NUMBER TEMPLATE
set -euo pipefail

# Joins control groups of the host's own, and goes on in namespaces of its own.
outside() {
    local mount group file
    while read -r mount group; do
        mkdir -p "$group/h$number"
        for file in cpuset.cpus cpuset.mems; do
            [[ ! -e $group/$file ]] || inherit "$group" "$file"
        done
        echo 0 >"$group/h$number/cgroup.procs"
    done <"$folder/groups"
    exec 3</proc/self/ns/net
    exec unshare --cgroup --net --mount --uts --ipc --pid --fork --kill-child --mount-proc \
        bash "$0" "$folder" "$number" "$template" inside
}

# A new group of processors is empty, and nobody may join it before it is filled from the one above.
inherit() {
    [[ -n $(<"$1/$2") ]] || cat "$(dirname "$1")/$2" >"$1/$2"
    cat "$1/$2" >"$1/h$number/$2"
}

# A host whose link is slow goes through the relay's bridge.
# shellcheck disable=SC2016 # the inner shell expands them
connect='bridge=lab0; ! ip link show "q$1" >/dev/null 2>&1 || bridge=q$1; ip link set "h$1" master "$bridge" up'

inside() {
    plug_in
    mount_groups
    mount -t tmpfs -o mode=755 tmpfs /run
    mount -t tmpfs tmpfs /dev/shm
    mount --bind "$home/disk" /srv
    [[ -d /srv/karaf ]] || seed
    mount_template
    name_host
    mkfifo -m 600 /run/skep-ready
    echo up
    exec tini -- sleep infinity 3<&-
}

# A cable from the host's eth0 to the lab's switch, whose namespace is open as file 3. The kernel takes its time to remove the
# one of a host that has just been switched off.
plug_in() {
    ip link set lo up
    nsenter --net=/proc/self/fd/3 ip link delete "h$number" 2>/dev/null || true
    ip link add eth0 address "$(printf '02:00:00:00:00:%02x' "$number")" \
        type veth peer name "h$number" netns /proc/self/fd/3
    nsenter --net=/proc/self/fd/3 bash -c "$connect" switch "$number"
    ip address add "192.168.77.$number/24" dev eth0
    ip link set eth0 up
    ip route add default via 192.168.77.254
}

# Containers' groups belong below the host's, so that they go with it.
mount_groups() {
    local mount group controller
    # not only hidden: the JVM reads of all mounts that there are
    umount -R /sys
    mount -t sysfs sysfs /sys
    mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup
    while read -r mount group; do
        controller=${mount##*/}
        mkdir "$mount"
        case $controller in
            unified) mount -t cgroup2 cgroup2 "$mount" ;;
            systemd) mount -t cgroup -o none,name=systemd cgroup "$mount" ;;
            *) mount -t cgroup -o "$controller" cgroup "$mount" ;;
        esac
    done <"$folder/groups"
}

# A new disk: the settings and a Karaf that has started before. What never changes is mounted from the template.
# What a host finds on its disk when it is installed is there to stay, so all of it is flushed.
seed() {
    mkdir -p /srv/seed/karaf/{bin,lib,system} /srv/seed/data
    cp -a "$template"/karaf/{etc,deploy} /srv/seed/karaf
    [[ ! -d $template/data ]] || cp -a "$template/data" /srv/seed
    mv /srv/seed/data /srv/seed/karaf /srv
    rmdir /srv/seed
    sync -f /srv
}

mount_template() {
    local part
    for part in bin lib system; do
        mount --bind "$template/karaf/$part" "/srv/karaf/$part"
    done
    if [[ -f $template/classes.jsa ]]; then
        touch /srv/data/classes.jsa
        mount --bind "$template/classes.jsa" /srv/data/classes.jsa
    fi
}

# Without names of its own a host would ask a name server that it cannot reach.
name_host() {
    hostname "h$number"
    printf '127.0.0.1 localhost\n192.168.77.%s h%s\n' "$number" "$number" >/run/hosts
    : >/run/resolv.conf
    mount --bind /run/hosts /etc/hosts
    mount --bind /run/resolv.conf "$(readlink -f /etc/resolv.conf)"
}

folder=$1 number=$2 template=$3 home=$1/h$2
"${4:-outside}"
