package io.skep.gossip.atomix;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code io.skep.gossip.atomix}. */
@ObjectClassDefinition(id = "io.skep.gossip.atomix", name = "Skep gossip on Atomix SWIM")
public @interface GossipConfig {
    /** Where UDP and TCP listen. */
    @AttributeDefinition(
            required = false,
            description = "address on which gossip listens, UDP and TCP; empty: where the node listens for requests")
    String bind() default "";

    /** The UDP and TCP port, the same on all nodes that are to find one another by the managers' addresses. */
    @AttributeDefinition(
            description = "UDP and TCP port of gossip, the same on all nodes; 0 takes any free one",
            min = "0",
            max = "65535")
    int port() default 7946;

    /** What other nodes are told. */
    @AttributeDefinition(
            required = false,
            description = "address under which other nodes reach this one's gossip; empty: the node's own")
    String address() default "";

    /** Milliseconds between two probes of some member. */
    @AttributeDefinition(description = "milliseconds between two probes of some member", min = "50", max = "10000")
    int probe_interval_millis() default 200;

    /** Milliseconds until a suspect member that does not refute is dead. */
    @AttributeDefinition(
            description = "milliseconds until a suspect member that does not refute is dead",
            min = "200",
            max = "60000")
    int failure_timeout_millis() default 700;
}
