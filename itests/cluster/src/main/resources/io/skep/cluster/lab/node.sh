#!/usr/bin/env bash
# Runs the host's node, inside the host.
#   node.sh
set -euo pipefail

for processes in /sys/fs/cgroup/*/cgroup.procs; do
    echo 0 >"$processes"
done
echo started
exec /srv/karaf/bin/skep-node </dev/null >>/srv/node.out 2>&1
