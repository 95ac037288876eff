# shellcheck shell=bash
# The node's shell over SSH. Sourced by ./skep.

ssh_dir=$SKEP_HOME/ssh

# Fills the array "ssh_options". One key, one known host, nothing of the user's own SSH settings.
set_ssh_options() {
    ssh_options=(-F /dev/null -i "$ssh_dir/id" -p "$SKEP_SSH_PORT" -l skep -o BatchMode=yes -o IdentitiesOnly=yes
        -o "UserKnownHostsFile=$ssh_dir/known_hosts" -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes
        -o HostKeyAlias=skep -o PreferredAuthentications=publickey -o ConnectTimeout=5 -o LogLevel=QUIET)
}

require_key() {
    [[ -r $ssh_dir/id ]] && return
    echo "skep: no node was ever started in $SKEP_HOME; start one with \`./skep start\`, or set SKEP_HOME." >&2
    exit 1
}

# Runs one command of the node and fails when it fails.
run_command() {
    require_key
    set_ssh_options
    local line status=0 terminal=
    [[ ! -t 1 ]] || terminal=1
    line=$(command_line "$@")
    # standard error goes through the outer pipe, standard output around it
    { { ssh_line "$line" "$@" | while_read; } 2>&1 1>&3 3>&- | tidy_errors >&2; } 3>&1 || status=$?
    if ((status == 255)); then
        echo "skep: the node in $SKEP_HOME does not answer on port $SKEP_SSH_PORT; is it started? See \`./skep status\`." >&2
    fi
    return "$status"
}

# Prints the id of its process, and then what the command prints. Where no input is asked for, ssh would swallow that of a script which
# calls ./skep in a loop.
ssh_line() {
    local line=$1 input=(-n)
    shift
    ! reads_input "$@" || input=()
    echo "$BASHPID"
    # shellcheck disable=SC2029 # the line is made here
    exec ssh "${input[@]}" "${ssh_options[@]}" -o "ProxyCommand=$(connection)" 127.0.0.1 "$line" 3>&-
}

# An argument - stands for the input, as everywhere; the unlock key never comes in another way.
reads_input() {
    local argument
    [[ $1 != swarm:unlock ]] || return 0
    for argument in "$@"; do
        [[ $argument != - && $argument != *=- ]] || return 0
    done
    return 1
}

# Karaf may close the connection while ssh still says goodbye, upon which ssh forgets the status that it was told. So there is
# somebody between them who listens to ssh until it ends, and then hangs up.
connection() {
    # shellcheck disable=SC2016 # the inner shell expands them
    printf 'bash -c %q connection %q 2>/dev/null' \
        'trap : HUP; exec 3<>"/dev/tcp/127.0.0.1/$1" || exit; cat <&3 & exec >/dev/null; cat >&3; cat; kill $!' "$SKEP_SSH_PORT"
}

# Whoever reads may have read enough, as `grep -m 1` does. Then the command ends too: ssh itself would wait for the end of one that follows.
# The status is that of any program whose reader has gone, for ssh's own would say that the node does not answer.
while_read() {
    local ssh
    read -r ssh
    tidy_output && return
    kill "$ssh" 2>/dev/null || :
    return 141
}

# Escape codes are for terminals only.
tidy_output() {
    if [[ -n $terminal ]]; then
        put_aside
    else
        put_aside -e "$no_escapes"
    fi
}

no_escapes='s/\x1b\[[0-9;?]*[A-Za-z]//g; s/\r$//'

# What the node says to people comes among its output, each line with a mark before it: Karaf's SSH has one way only. What Karaf itself
# says of a command that is not there has no mark.
put_aside() {
    sed -u "$@" -e 's/^Command not found: .*/\x1e&; Tab in .\/skep shell shows those there are/' -e '/^\x1e/ { s///; s/\x1e//g' -e 'w /dev/stderr' -e 'd; }'
}

# Karaf ends the connection before ssh does, and ssh says so each time.
tidy_errors() {
    sed -u -e "$no_escapes" -e '/^Connection to .* closed by remote host\.$/d'
}

# Prints the arguments as one line of Karaf's shell. A single argument is such a line already.
command_line() {
    if (($# == 1)); then
        printf '%s' "$1"
        return
    fi
    local command=$1
    printf '%s' "$command"
    shift
    while (($# > 0)); do
        # The name of a secret may be that of its file too, which comes last.
        if [[ $command =~ ^swarm:(secret|config)-create$ ]] && (($# > 1)); then
            printf ' %s' "$(quote "$1")"
        else
            printf ' %s' "$(quote "$(absolute "$command" "$1")")"
        fi
        shift
    done
}

# Files are read by the node, which has another working directory.
absolute() {
    local option='' file=$2
    if [[ $2 =~ ^(--[a-z-]+=)(.+)$ ]]; then
        option=${BASH_REMATCH[1]} file=${BASH_REMATCH[2]}
    fi
    if [[ $1 =~ ^swarm:(stack-|image-|join$|(secret|config)-create$) && -e $file && $file != /* ]]; then
        printf '%s%s' "$option" "$(readlink -f "$file")"
    else
        printf '%s' "$2"
    fi
}

# Karaf's shell reads quotes, dollars and backslashes much as bash does.
quote() {
    if [[ $1 =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]]; then
        printf '%s' "$1"
    else
        local text=${1//\\/\\\\}
        text=${text//\"/\\\"}
        text=${text//\'/\\\'}
        text=${text//\$/\\\$}
        printf '"%s"' "$text"
    fi
}

open_shell() {
    require_key
    set_ssh_options
    exec ssh -t "${ssh_options[@]}" 127.0.0.1
}
