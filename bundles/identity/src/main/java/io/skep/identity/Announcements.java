package io.skep.identity;

import io.skep.model.NodeRole;
import java.util.List;

/** Where services are announced: as much of the framework's registry as is needed here. */
interface Announcements {
    /** Whoever refers to one of these types is activated before this returns. */
    Announced announce(Object service, List<Class<?>> types, NodeRole role);

    /** One service. */
    interface Announced {
        /** Tells the node's role anew. */
        void role(NodeRole role);

        /** Whoever uses the service has let it go when this returns; idempotent. */
        void withdraw();
    }
}
