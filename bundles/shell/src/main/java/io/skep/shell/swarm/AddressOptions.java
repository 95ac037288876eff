package io.skep.shell.swarm;

import io.skep.api.identity.Addresses;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a node is found: options of what brings it into a swarm. */
public final class AddressOptions {
    @Option(
            names = "--advertise-addr",
            paramLabel = "ADDRESS",
            description =
                    "Address, or interface, under which other nodes reach this one, with or without :PORT; found out when not given")
    private String advertise = "";

    @Option(
            names = "--listen-addr",
            paramLabel = "ADDRESS",
            description = "Address, or interface, to listen on, with or without :PORT; every address when not given")
    private String listen = "";

    Addresses given() {
        return new Addresses(given(advertise), given(listen));
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
