#!/usr/bin/env bash
# Starts a lab of several hosts to play with: itests/cluster/lab.sh [HOSTS [as-shipped]]   (3 hosts; as root)
# It says how to run commands on each host, and does to them what is typed; Ctrl-D or Ctrl-C ends and removes all of it.
# SKEP_DIST is a distribution to use instead of building one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SKEP_ROOT=$(cd "$here/../.." && pwd)
: "${SKEP_HOME:=$SKEP_ROOT/.skep}"
for file in say packages build; do
    # shellcheck source=/dev/null
    source "$SKEP_ROOT/tools/skep/$file.sh"
done

packages_for test
build_distribution
say "building the lab"
quietly "$SKEP_HOME/log/lab.log" mvn -B -f "$SKEP_ROOT/pom.xml" -pl itests/probe,itests/cluster \
    -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime \
    package dependency:build-classpath
probe=$(compgen -G "$here/../probe/target/probe-*.jar" | head -n 1)
say "starting ${1:-3} hosts"
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m -cp "$here/target/classes:$(<"$here/target/classpath")" \
    "-Dskep.distribution=$(archive)" "-Dskep.probe=$probe" "-Dskep.script=$SKEP_ROOT/skep" \
    "-Dskep.lab.work=$here/target/lab" io.skep.cluster.play.Play "${@:-3}"
