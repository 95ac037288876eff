# shellcheck shell=bash
# From a stack file to running containers. Sourced by ./skep.

# stack_up STACK.yml [NAME]
stack_up() {
    local file=${1:-} name
    [[ -n $file ]] || fail "up needs a stack file, for instance ./skep up examples/web/stack.yml"
    [[ -f $file ]] || fail "there is no stack file $file"
    file=$(readlink -f "$file")
    name=${2:-$(basename "$(dirname "$file")")}
    node_start
    join_swarm
    make_images "$(dirname "$file")"
    say "deploying stack $name"
    run_command swarm:stack-deploy -c "$file" --wait "$name"
    say "stack $name runs"
    run_command swarm:stack-ps "$name"
    show_addresses "$name"
}

# A node that is in a swarm already stays in it.
join_swarm() {
    local info answer
    info=$(run_command swarm:info)
    if grep -qiE '^ *swarm: *active' <<<"$info"; then
        await_cluster
        return
    fi
    say "initialising a swarm of one node"
    answer=$(run_command swarm:init) || fail "$answer"
    await_cluster
}

# After a start the managers first read their log and elect a leader.
await_cluster() {
    local deadline=$((SECONDS + 60)) answer told=
    until answer=$(run_command swarm:node-ls); do
        ((SECONDS < deadline)) || fail "the swarm's managers do not answer: $answer"
        [[ -n $told ]] || say "waiting for the swarm's managers"
        told=1
        sleep 0.1
    done
}

# An example brings a script that makes its images; it calls $SKEP to import them.
make_images() {
    local script=$1/images.sh
    [[ -f $script ]] || return 0
    say "making the images of $(basename "$1")"
    SKEP=$SKEP_ROOT/skep bash "$script"
}

# The ports column of the stack's services reads like *:8080->80/tcp.
show_addresses() {
    local port
    for port in $(run_command swarm:stack-services "$1" | grep -oE '\*:[0-9]+->[0-9]+/tcp' | grep -oE '^\*:[0-9]+' | tr -d '*:' | sort -un); do
        say "stack $1 answers at http://127.0.0.1:$port/"
    done
}
