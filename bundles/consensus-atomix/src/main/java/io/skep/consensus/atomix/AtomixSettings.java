package io.skep.consensus.atomix;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code io.skep.consensus.atomix}. */
@ObjectClassDefinition(
        name = "Consensus by Atomix",
        description = "How the managers agree. The same on every manager; read when the engine starts.")
@interface AtomixSettings {
    @AttributeDefinition(description = "How often the leader tells that it lives, in milliseconds; 10 to 1000.")
    int heartbeat_millis() default 100;

    @AttributeDefinition(
            description =
                    "A manager that hears nothing from the leader for once to twice as long asks for an election, in "
                            + "milliseconds; at least five heartbeats. A shorter pause of the leader deposes nobody.")
    int election_millis() default 650;

    @AttributeDefinition(description = "How long a command waits for the managers' agreement, in milliseconds.")
    int submit_millis() default 10_000;

    @AttributeDefinition(
            description = "How long the managers remember the last answers for one that fell silent, in milliseconds.")
    int session_millis() default 30_000;

    @AttributeDefinition(description = "How long a new manager may take to receive the state, in milliseconds.")
    int catchup_millis() default 120_000;

    @AttributeDefinition(
            description =
                    "The size of one file of the log, in bytes; 1 MiB to 64 MiB. Each full file brings a snapshot, and two "
                            + "files and a snapshot are what the log takes on disk. Commands are refused while the disk has less "
                            + "room than 8 MiB and three files.")
    int segment_bytes() default 8 * 1024 * 1024;
}
