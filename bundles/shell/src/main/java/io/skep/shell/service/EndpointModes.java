package io.skep.shell.service;

import io.skep.model.EndpointSpec;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;

/** What {@code --endpoint-mode} takes. */
final class EndpointModes {
    private EndpointModes() {}

    static EndpointSpec of(String mode) {
        return switch (mode) {
            case "vip" -> EndpointSpec.STANDARD;
            case "dnsrr" -> new EndpointSpec(EndpointSpec.Mode.DNSRR, List.of());
            default ->
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT, "'" + mode + "' is no endpoint mode; choose vip or dnsrr");
        };
    }
}
