# shellcheck shell=bash
# Builds the distribution and runs the tests with Maven. Sourced by ./skep.

# The distribution: one given by SKEP_DIST, or the one built here.
archive() {
    if [[ -n ${SKEP_DIST:-} ]]; then
        printf '%s' "$SKEP_DIST"
        return
    fi
    compgen -G "$SKEP_ROOT/karaf-assembly/target/skep-*.tar.gz" | head -n 1
}

# True when there is no distribution, or a source is newer than it.
needs_build() {
    local built newer
    [[ -z ${SKEP_DIST:-} ]] || return 1
    built=$(archive)
    [[ -n $built ]] || return 0
    newer=$(cd "$SKEP_ROOT" && find pom.xml .mvn bundles features karaf-assembly etc -name target -prune -o \
        \( -path '*/src/test' -prune \) -o -type f -newer "$built" -print -quit)
    [[ -n $newer ]]
}

# build_distribution [always]: builds it if it is missing or older than the sources.
build_distribution() {
    if [[ ${1:-} != always ]] && ! needs_build; then
        return
    fi
    say "building the distribution"
    run_maven "$SKEP_HOME/log/build.log" -Dmaven.test.skip=true -Dspotless.check.skip=true -pl karaf-assembly -am install
    touch "$(archive)"
    say "built $(basename "$(archive)")"
}

build_and_test() {
    say "building and testing everything"
    run_maven "$SKEP_HOME/log/test.log" install "$@"
    say "all tests passed"
}

# run_maven LOG ARGUMENTS...: shows a line a module and the counts of the tests; all of it goes to LOG.
run_maven() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    trust_checkout
    (cd "$SKEP_ROOT" && mvn -B -ntp -Dstyle.color=never "$@") 2>&1 | tee "$log" | show_maven || status=$?
    ((status == 0)) || fail "the build failed; the whole output is in $log"
}

show_maven() {
    if [[ ${SKEP_VERBOSE:-} == 1 ]]; then
        cat
        return
    fi
    local line
    while IFS= read -r line; do
        case $line in
            '[INFO] Building '*' ['*) say "${line#\[INFO\] Building }" ;;
            '[ERROR]'* | '[INFO] Tests run:'* | '[WARNING] Tests run:'* | 'Tests run:'*) printf '           %s\n' "$line" ;;
        esac
    done
}

# Git refuses to read a checkout that another user owns, as on CI machines.
trust_checkout() {
    command -v git >/dev/null || return 0
    git -C "$SKEP_ROOT" rev-parse HEAD >/dev/null 2>&1 || git config --global --add safe.directory "$SKEP_ROOT"
}
