#!/usr/bin/env bash
# Measures how long a node takes to start and how much memory it holds when idle:
#   fresh  the first start of a distribution just unpacked
#   warm   a later start
#   swarm  a later start of a node that manages a swarm, until it answers for the swarm
# Usage: benchmarks/startup.sh [RUNS]   (5 runs; as root; in a network namespace of its own, so that no port is taken)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ ${1:-} != --inside ]]; then
    # A build may want the network, which is gone inside.
    if [[ -z ${SKEP_DIST:-} ]]; then
        "$root/skep" build
        SKEP_DIST=$(compgen -G "$root/karaf-assembly/target/skep-*.tar.gz" | head -n 1)
    fi
    export SKEP_DIST
    exec unshare --net "$0" --inside "${1:-5}"
fi
runs=$2
ip link set lo up
work=$(mktemp -d)
export SKEP_HOME=$work/home SKEP_SSH_PORT=8101

finish() {
    "$root/skep" down >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap finish EXIT

# Milliseconds that a command takes.
time_of() {
    local begin=$EPOCHREALTIME end
    "$@" >/dev/null
    end=$EPOCHREALTIME
    echo $(((${end/./} - ${begin/./}) / 1000))
}

start_and_ask() {
    "$root/skep" start
    "$root/skep" "$1"
}

start_until_swarm() {
    "$root/skep" start
    until "$root/skep" swarm:node-ls; do sleep 0.05; done 2>/dev/null
}

# Milliseconds of processor time that the node has taken: unlike the time on the clock, the same on a busy machine.
processor_time() {
    awk -v hz="$(getconf CLK_TCK)" '{ printf "%d\n", ($14 + $15) * 1000 / hz }' "/proc/$(cat "$SKEP_HOME/node.pid")/stat"
}

# Megabytes that the node holds, once it has been idle for ten seconds.
idle() {
    local pid ticks last=0 quiet=0
    pid=$(cat "$SKEP_HOME/node.pid")
    for _ in {1..40}; do
        ticks=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
        ((ticks - last <= 10)) && quiet=$((quiet + 1)) || quiet=0
        ((quiet < 10)) || break
        last=$ticks
        sleep 1
    done
    awk '/^VmRSS/ { printf "%d\n", $2 / 1024 }' "/proc/$pid/status"
}

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%s (%s to %s)", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

report() {
    printf '%-6s start to answer, ms: %-22s processor, ms: %-22s idle memory, MB: %s\n' \
        "$1" "$(median <"$work/$1.ms")" "$(median <"$work/$1.cpu")" "$(median <"$work/$1.mb")"
}

# measure KIND COMMAND...: one start
measure() {
    local kind=$1
    shift
    time_of "$@" >>"$work/$kind.ms"
    processor_time >>"$work/$kind.cpu"
    idle >>"$work/$kind.mb"
    "$root/skep" down >/dev/null
}

for ((run = 0; run < runs; run++)); do
    rm -rf "$SKEP_HOME"
    mkdir -p "$SKEP_HOME/karaf"
    tar -xzf "$SKEP_DIST" -C "$SKEP_HOME/karaf" --strip-components=1
    touch "$SKEP_HOME/karaf/.unpacked"
    measure fresh start_and_ask shell:date
done
for ((run = 0; run < runs; run++)); do
    measure warm start_and_ask shell:date
done
"$root/skep" start >/dev/null
"$root/skep" swarm:init >/dev/null
"$root/skep" down >/dev/null
for ((run = 0; run < runs; run++)); do
    measure swarm start_until_swarm
done
printf '%s, %s processors, load %s\n' "$(date -u +%F)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
report fresh
report warm
report swarm
