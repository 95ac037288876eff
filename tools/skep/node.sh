# shellcheck shell=bash
# The life of the node's process. Sourced by ./skep.
# shellcheck disable=SC2154 # ssh_dir and ssh_options are shell.sh's

karaf_dir=$SKEP_HOME/karaf
data_dir=$SKEP_HOME/data
pid_file=$SKEP_HOME/node.pid

# True when the process that the pid file names is our node.
node_runs() {
    local pid
    pid=$(cat "$pid_file" 2>/dev/null) && [[ -n $pid ]] \
        && grep -qzxF -- "-Dkaraf.home=$karaf_dir" "/proc/$pid/cmdline" 2>/dev/null
}

node_start() {
    wait_for_turn
    packages_for build node
    build_distribution
    install_distribution
    start_process
    exec 4>&-
}

# One start at a time in one home: two would unpack into each other, and overwrite each other's pid.
wait_for_turn() {
    mkdir -p "$SKEP_HOME"
    exec 4>"$SKEP_HOME/start.lock"
    flock -n 4 && return
    say "waiting for another \`./skep\` that starts this node"
    flock 4
}

# Unpacks the distribution if it is newer than what is there. Data, keys, the user's settings and what was put into
# deploy/ stay; only Karaf's cache of bundles goes with the old one.
install_distribution() {
    local built stamp=$karaf_dir/.unpacked
    built=$(archive)
    if [[ $stamp -nt $built ]]; then
        return
    fi
    if node_runs; then
        say "the distribution is newer than the node that runs: restarting the node, containers go on"
        stop_process
    fi
    mkdir -p "$karaf_dir"
    find "$karaf_dir" -mindepth 1 -maxdepth 1 ! -name deploy -exec rm -rf {} +
    as_root rm -rf "$data_dir/cache" "$data_dir/generated-bundles" "$data_dir/tmp" "$data_dir"/classes.*
    tar -xzf "$built" -C "$karaf_dir" --strip-components=1
    touch "$stamp"
    say "unpacked the distribution into $karaf_dir"
}

# Makes the keys of the shell once, and lays them and the user's settings into the distribution.
configure() {
    local public
    mkdir -p "$ssh_dir" "$SKEP_HOME/etc" "$SKEP_HOME/log"
    chmod 700 "$ssh_dir"
    # RSA, for Karaf writes some ECDSA keys in another way than OpenSSH and then knows them no more
    [[ -f $ssh_dir/id ]] || ssh-keygen -q -t rsa -b 3072 -N '' -C skep -f "$ssh_dir/id"
    [[ -f $ssh_dir/host ]] || ssh-keygen -q -t ecdsa -b 256 -m PEM -N '' -C skep -f "$ssh_dir/host"
    printf 'skep %s\n' "$(cut -d ' ' -f 1,2 "$ssh_dir/host.pub")" >"$ssh_dir/known_hosts"
    install -m 600 "$ssh_dir/host" "$karaf_dir/etc/host.key"
    public=$(cut -d ' ' -f 2 "$ssh_dir/id.pub")
    sed -i '/^skep = /d' "$karaf_dir/etc/keys.properties"
    printf 'skep = %s,_g_:admingroup\n' "$public" >>"$karaf_dir/etc/keys.properties"
    cp -rT "$SKEP_HOME/etc" "$karaf_dir/etc"
}

start_process() {
    await_end_or_shell
    if node_runs; then
        say "the node runs already"
        return
    fi
    require_free_port
    configure
    say "starting the node"
    local ready=$SKEP_HOME/ready log=$SKEP_HOME/log/node.out
    rm -f "$ready" "$pid_file"
    mkfifo "$ready"
    export SKEP_DATA=$data_dir SKEP_READY=$ready
    exec 3<>"$ready"
    # shellcheck disable=SC2016 # the inner shell expands them
    as_root setsid bash -c 'echo $$ >"$1"; exec "$2/bin/skep-node"' node "$pid_file" "$karaf_dir" \
        </dev/null >"$log" 2>&1 3>&- 4>&- &
    disown
    await_ready "$log"
    exec 3>&-
    rm -f "$ready"
    await_shell "$log"
    say "the node is ready: process $(cat "$pid_file"), shell on 127.0.0.1:$SKEP_SSH_PORT"
}

# A node that is there but does not answer is either about to, or was killed a moment ago.
await_end_or_shell() {
    local deadline=$((SECONDS + 60))
    while node_runs && ! shell_listens; do
        ((SECONDS < deadline)) || fail "the node's process $(cat "$pid_file") is there but its shell does not answer; see $data_dir/log/karaf.log, and stop it with \`./skep down\`."
        sleep 0.1
    done
}

shell_listens() {
    (: <"/dev/tcp/127.0.0.1/$SKEP_SSH_PORT") 2>/dev/null
}

# A node that was killed a moment ago may still hold its port.
require_free_port() {
    local deadline=$((SECONDS + 3))
    while [[ -n $(ss -Hltn "sport = :$SKEP_SSH_PORT") ]]; do
        ((SECONDS < deadline)) || fail "another program listens on port $SKEP_SSH_PORT, which the node's shell needs; stop it, or set SKEP_SSH_PORT to a free port."
        sleep 0.1
    done
}

# The node writes a line into the pipe when it is up; the timeout of a read only serves to notice that it died.
await_ready() {
    local line deadline=$((SECONDS + 120))
    until read -r -t 1 -u 3 line && [[ $line == ready ]]; do
        [[ ! -s $pid_file ]] || node_alive || died "$1"
        ((SECONDS < deadline)) || died "$1"
    done
}

# Karaf announces its shell a moment before it opens the port, and nothing tells when it has.
await_shell() {
    local deadline=$((SECONDS + 30))
    until shell_listens; do
        node_alive || died "$1"
        ((SECONDS < deadline)) || died "$1"
        sleep 0.02
    done
}

node_alive() {
    [[ -d /proc/$(cat "$pid_file" 2>/dev/null) ]]
}

died() {
    tail -n 15 "$1" >&2 || true
    grep -hE '\| (ERROR|WARN) ' "$data_dir/log/karaf.log" 2>/dev/null | tail -n 15 >&2 || true
    fail "the node did not start; its log is $data_dir/log/karaf.log"
}

node_status() {
    if ! node_runs; then
        echo "The node in $SKEP_HOME does not run. Start it with \`./skep start\`."
        return 3
    fi
    local pid
    pid=$(cat "$pid_file")
    echo "The node in $SKEP_HOME runs: process $pid, up $(ps -o etime= -p "$pid" | tr -d ' '), $(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status") MB, shell on 127.0.0.1:$SKEP_SSH_PORT."
    run_command swarm:info
}

# node_down [--purge]
node_down() {
    case ${1:-} in
        '') ;;
        --purge)
            purge
            return
            ;;
        *) fail "down knows only --purge, not \"$1\"" ;;
    esac
    if node_runs; then
        stop_process
        say "the node is stopped; its containers go on. \`./skep start\` adopts them again."
    else
        say "the node does not run"
    fi
}

# Containers and networks are the node's to remove, so a stopped one is started for it.
purge() {
    if [[ ! -e $SKEP_HOME ]]; then
        say "nothing to remove: there is no $SKEP_HOME"
        return
    fi
    if [[ -d $data_dir ]]; then
        node_runs || { packages_for node && start_process; }
        say "removing the swarm's containers, networks and data"
        run_command swarm:leave --force || say "the node did not leave its swarm in order; removing its data all the same"
    fi
    if node_runs; then
        stop_process
    fi
    unmount_below "$SKEP_HOME"
    remove_rules
    as_root rm -rf --one-file-system "$SKEP_HOME"
    say "the node and its data are gone"
}

# Rules, the bridges and tunnels of networks that stand, and what is noted of them do nothing without a node, but they would stay until the
# host restarts.
remove_rules() {
    local instance=${SKEP_INSTANCE:-skep} table link
    for table in routes networks; do
        as_root nft delete table ip "$instance-$table" 2>/dev/null || true
    done
    for table in ip bridge; do
        as_root nft delete table "$table" "$instance-overlays" 2>/dev/null || true
    done
    while read -r link; do
        as_root ip link delete "$link" 2>/dev/null || true
    done < <(ip -o link show | awk -F '[ :@]+' -v own="^$instance-[bx]" '$2 ~ own { print $2 }')
    as_root ip link delete "$instance-vip" 2>/dev/null || true
    as_root rm -rf "/run/$instance-network"
}

# What a node that did not leave in order still has mounted must not be emptied with its folder.
unmount_below() {
    local target
    while read -r target; do
        as_root umount -l "$target"
    done < <(awk -v root="$1/" 'index($5, root) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
}

stop_process() {
    local pid
    pid=$(cat "$pid_file")
    say "stopping the node"
    as_root kill "$pid"
    if ! timeout 40 tail -s 0.05 --pid="$pid" -f /dev/null; then
        say "the node did not stop in 40 s: killing it"
        as_root kill -9 "$pid"
    fi
    as_root rm -f "$pid_file"
}
