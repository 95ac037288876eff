package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;

/** A service on the workers whose tasks print {@code early} when they start, and {@code late} whenever they are told to. */
final class Speaker {
    private static final String PROGRAM =
            "trap exit TERM; trap \"echo late\" USR1; echo early; while :; do sleep 3600 & wait $!; done";

    private Speaker() {}

    /** Creates it, a task on each of so many workers, and waits until they run. */
    static void create(Host manager, String name, int workers) {
        manager.skep(
                        "swarm:service-create",
                        "--name",
                        name,
                        "--replicas",
                        "" + workers,
                        "--replicas-max-per-node",
                        "1",
                        "--constraint",
                        "node.role==worker",
                        Image.NAME,
                        "sh",
                        "-c",
                        PROGRAM)
                .text();
    }

    /** Lets a task print {@code late}. */
    static void speak(Host host, String container) {
        Containers.signal(host, container, "USR1");
    }
}
