package io.skep.consensus.ratis;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code io.skep.consensus.ratis}. */
@ObjectClassDefinition(
        name = "Consensus by Ratis",
        description = "How the managers agree. The same on every manager; read when the engine starts.")
@interface RatisSettings {
    @AttributeDefinition(description = "How often the leader tells that it lives, in milliseconds; 10 to 1000.")
    int heartbeat_millis() default 100;

    @AttributeDefinition(
            description =
                    "A manager that hears nothing from the leader for this long, and up to a third longer by chance, asks for an "
                            + "election, in milliseconds; at least five heartbeats. A shorter pause of the leader deposes nobody.")
    int election_millis() default 650;

    @AttributeDefinition(description = "How long a command waits for the managers' agreement, in milliseconds.")
    int submit_millis() default 10_000;

    @AttributeDefinition(description = "How long a new manager may take to receive the state, in milliseconds.")
    int catchup_millis() default 120_000;

    @AttributeDefinition(
            description =
                    "The size of one file of the log, in bytes; 1 MiB to 64 MiB. As much new log brings a snapshot, and two "
                            + "files and a snapshot are what the log takes on disk.")
    int segment_bytes() default 8 * 1024 * 1024;
}
