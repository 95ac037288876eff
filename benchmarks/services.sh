#!/usr/bin/env bash
# How long services take on a real node with real containers: benchmarks/services.sh [RUNS]
# Prints medians over the runs: one replica and twenty replicas from the command to all running, scaling and removal,
# the answer of a listing, and the node's memory. Needs root; uses a node of its own (SKEP_HOME and ports can be set).
set -euo pipefail

runs=${1:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${SKEP_HOME:=$(mktemp -d)/node}" "${SKEP_SSH_PORT:=8191}" "${SKEP_INSTANCE:=bench}" "${SKEP_DNS_PORT:=7991}" "${SKEP_GOSSIP_PORT:=7992}"
export SKEP_HOME SKEP_SSH_PORT SKEP_INSTANCE SKEP_DNS_PORT SKEP_GOSSIP_PORT
export SKEP=$root/skep

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Milliseconds that a command takes.
timed() {
    local start
    start=$(date +%s%N)
    "$@" >/dev/null
    echo $((($(date +%s%N) - start) / 1000000))
}

series() {
    local name=$1 i
    shift
    for ((i = 0; i < runs; i++)); do "$@"; done | median | awk -v name="$name" '{ printf "%-44s %6d ms\n", name, $1 }'
}

create() {
    timed "$SKEP" swarm:service-create --name bench --replicas "$1" example/web:1 serve 80
    "$SKEP" swarm:service-rm bench >/dev/null
    await_gone
}

# The listing of tasks is empty once the last container is gone.
await_gone() {
    until "$SKEP" swarm:info | grep -qx 'Tasks: 0'; do :; done
}

scale() {
    "$SKEP" swarm:service-scale "bench=1" >/dev/null
    timed "$SKEP" swarm:service-scale "bench=20"
}

trap '"$SKEP" down --purge >/dev/null' EXIT
"$SKEP" start
"$SKEP" swarm:init >/dev/null
bash "$root/examples/web/images.sh" >/dev/null
printf '%-44s %6d MB\n' 'memory of the idle node' "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$(cat "$SKEP_HOME/node.pid")/status")"
create 1 >/dev/null
series 'service-ls' timed "$SKEP" swarm:service-ls
series 'service-create, 1 replica, until it runs' create 1
series 'service-create, 20 replicas, until all run' create 20
"$SKEP" swarm:service-create --name bench --replicas 1 example/web:1 serve 80 >/dev/null
series 'service-scale 1 to 20, until all run' scale
