package io.skep.network.linux;

import io.skep.api.network.NetworkDriver;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may configure (PID {@code io.skep.network.linux}). */
@ObjectClassDefinition(id = Settings.PID, name = "Skep network driver for Linux")
public @interface Settings {
    /** The PID. */
    String PID = "io.skep.network.linux";

    /** The prefix of every namespace, interface and nftables table of this node. */
    @AttributeDefinition(
            description =
                    "Prefix of namespaces, interfaces and nftables tables; a letter and up to five letters or digits. "
                            + "Give each Skep node that shares a network namespace its own.")
    String instance() default "skep";

    /** The loopback port at which this node's discovery answers DNS. */
    @AttributeDefinition(description = "Loopback port of this node's DNS, the same as port in io.skep.discovery")
    int nameServerPort() default NetworkDriver.NAME_SERVER_PORT;
}
