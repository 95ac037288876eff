package io.skep.agent;

import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.ServiceNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells discovery which services the node's networks have; made anew with every discovery. */
@Component(
        service = {},
        immediate = true)
public final class ServicePublisher {
    private final Scope scope;
    private final Runnable watch;

    @Activate
    public ServicePublisher(
            @Reference ServiceNames names, @Reference LocalEndpoints endpoints, @Reference EventLoop loop) {
        scope = loop.open("service-publisher");
        watch = endpoints.watch(scope, () -> endpoints.services().ifPresent(names::state));
    }

    @Deactivate
    void stop() {
        watch.run();
        scope.close();
    }
}
