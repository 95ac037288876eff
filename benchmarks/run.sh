#!/bin/sh
# Builds the benchmarks and runs those whose names match: benchmarks/run.sh [pattern] [JMH options], such as
#   benchmarks/run.sh SchedulerBenchmark -p size=1000x100000
# -h lists JMH's options. The modules that are measured must have been built (mvn install) before.
set -eu
cd "$(dirname "$0")"
mvn -q package dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:$(cat target/classpath)" org.openjdk.jmh.Main "$@"
