# shellcheck shell=bash
# Installs what is missing from Debian's packages, and only that. Sourced by ./skep.

# program:package
build_programs=(javac:openjdk-17-jdk-headless mvn:maven)
node_programs=(java:openjdk-17-jdk-headless runc:runc conmon:conmon ip:iproute2 nft:nftables busybox:busybox-static
    ssh:openssh-client ssh-keygen:openssh-client ps:procps tar:tar gzip:gzip flock:util-linux nsenter:util-linux
    setsid:util-linux conntrack:conntrack tini:tini)
test_programs=(git:git curl:curl crun:crun faketime:faketime mkfs.ext4:e2fsprogs mount:mount flock:util-linux)

# packages_for build|node|test...: what the given purposes need.
packages_for() {
    local purpose wanted=() entry missing=()
    for purpose in "$@"; do
        case $purpose in
            build) wanted+=("${build_programs[@]}") ;;
            node) wanted+=("${node_programs[@]}") ;;
            test) wanted+=("${build_programs[@]}" "${node_programs[@]}" "${test_programs[@]}") ;;
        esac
    done
    use_java_17
    for entry in "${wanted[@]}"; do
        has_program "${entry%%:*}" || missing+=("${entry#*:}")
    done
    if ((${#missing[@]})); then
        mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
        install_packages "${missing[@]}"
        use_java_17
    fi
}

# Programs of the system folders count even where the user's PATH lacks them.
has_program() {
    case $1 in
        java | javac) [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/$1 ]] ;;
        *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
    esac
}

install_packages() {
    command -v apt-get >/dev/null || fail "these packages are missing and there is no apt-get here: $*. Install them by hand."
    say "installing $*"
    local log=$SKEP_HOME/log/apt.log
    quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update
    quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
    say "installed"
}

# Karaf's shell does not run on newer JDKs, so a 17 is looked for even if "java" is another.
use_java_17() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/*17*; do
        if [[ -n $candidate && -x $candidate/bin/java ]] && grep -qs '^JAVA_VERSION="17' "$candidate/release"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    unset JAVA_HOME
}
