package io.skep.discovery;

import io.skep.api.network.NetworkDriver;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may configure (PID {@code io.skep.discovery}). */
@ObjectClassDefinition(id = Settings.PID, name = "Skep discovery")
public @interface Settings {
    /** The PID. */
    String PID = "io.skep.discovery";

    /** The port of 127.0.0.1 at which names are answered. */
    @AttributeDefinition(
            description = "Port of 127.0.0.1 for DNS, TCP and UDP; the same as nameServerPort in io.skep.network.linux")
    int port() default NetworkDriver.NAME_SERVER_PORT;

    /** The file that names the resolvers for everything else. */
    @AttributeDefinition(description = "File whose nameserver lines tell where names outside the swarm are asked for")
    String resolvConf() default "/etc/resolv.conf";
}
