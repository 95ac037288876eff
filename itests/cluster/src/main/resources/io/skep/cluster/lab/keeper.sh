#!/usr/bin/env bash
# Keeps one lab. All its processes live below process 1 of a PID namespace, which ends with this script's input: so they
# are gone however the JVM that holds the other end came to die. What outlives processes is then removed here.
#   keeper.sh FOLDER
set -euo pipefail
folder=$1
name=$(basename "$folder")

# The lab's control groups, below those that its starter is in: a line each, "MOUNT GROUP".
make_groups() {
    local controllers path mount
    while IFS=: read -r _ controllers path; do
        mount=/sys/fs/cgroup/${controllers#name=}
        [[ -n $controllers ]] || mount=/sys/fs/cgroup/unified
        [[ -e $mount$path/cgroup.procs ]] || continue
        mkdir "$mount${path%/}/$name"
        printf '%s %s\n' "$mount" "$mount${path%/}/$name"
    done </proc/self/cgroup >"$folder/groups"
}

remove() {
    local group
    while read -r _ group; do
        [[ ! -d $group ]] || find "$group" -depth -type d -exec rmdir {} + || true
    done < <(cat "$1/groups" || true)
    rm -rf --one-file-system "$1"
}

# Takes this lab's lock, and removes what labs beside it left whose keeper was killed too: nobody holds theirs.
sweep() {
    local lock
    exec 7>"$folder/../lock"
    flock 7
    exec 9>"$folder/lock"
    flock 9
    for lock in "$folder"/../*/lock; do
        if flock -n 8; then
            remove "$(dirname "$lock")"
        fi 8<"$lock"
    done
    exec 7>&-
}

# Whoever interrupts the test interrupts the keeper as well, which has yet to tidy up.
trap : INT TERM HUP
sweep
make_groups
# The switch: a bridge in a namespace of its own, with an address for those who watch from outside. Cuts let hosts find
# out each other's hardware addresses, or else a cut of one way would soon be one of both. At the end, processes that a
# container's pause has frozen cannot die before they are thawed.
unshare --net --mount --pid --ipc --uts --fork --kill-child --mount-proc tini -- bash -c '
    set -euo pipefail
    ip link set lo up
    ip link add lab0 type bridge forward_delay 0 mcast_snooping 0
    ip address add 192.168.77.254/24 dev lab0
    ip link set lab0 up
    nft -f - <<RULES
table bridge lab {
    set cuts { type ifname . ifname; }
    chain forward { type filter hook forward priority 0; ether type != arp iifname . oifname @cuts drop; }
}
RULES
    echo ready
    cat >/dev/null
    find $(cut -d " " -f 2 "$1") -name freezer.state | while read -r state; do echo THAWED >"$state"; done
' switch "$folder/groups" 9>&- || true
remove "$folder"
