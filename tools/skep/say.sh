# shellcheck shell=bash
# Progress: every step says what it does, and how long it took. Sourced by ./skep.

started=$EPOCHREALTIME

# Microseconds since ./skep began.
elapsed() {
    local now=$EPOCHREALTIME
    printf '%d' $((${now/[.,]/} - ${started/[.,]/}))
}

# Prints a line with the time since ./skep began.
say() {
    local micros
    micros=$(elapsed)
    printf '[%4d.%d s] %s\n' $((micros / 1000000)) $((micros / 100000 % 10)) "$*"
}

fail() {
    printf 'skep: %s\n' "$*" >&2
    exit 1
}

# quietly LOG COMMAND...: runs a command with its output in LOG, which is shown if the command fails.
quietly() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    if [[ ${SKEP_VERBOSE:-} == 1 ]]; then
        "$@"
        return
    fi
    "$@" >"$log" 2>&1 || status=$?
    if ((status != 0)); then
        tail -n 40 "$log" >&2
        echo "skep: failed: $* (the whole output is in $log)" >&2
    fi
    return "$status"
}

# Runs a command as root: as it is, or through sudo.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo --preserve-env=SKEP_DATA,SKEP_SSH_PORT,SKEP_HEAP,SKEP_READY,SKEP_JAVA_OPTS,JAVA_HOME "$@"
    else
        fail "\"$1\" must run as root: containers and their networks need it. Run ./skep as root, or install sudo."
    fi
}
