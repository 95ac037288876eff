package io.skep.manager;

import io.skep.api.gossip.Gossip;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.model.SkepException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells gossip where this node is reached while it manages, for nodes whose managers have all become others while they were away. */
@Component(
        service = {},
        immediate = true,
        reference = @Reference(name = "manager", service = LocalManager.class))
public final class Beacon {
    private static final Logger LOG = LoggerFactory.getLogger(Beacon.class);
    private final Gossip gossip;

    /** Made anew with every gossip engine, and with every promotion. */
    @Activate
    public Beacon(@Reference(name = "gossip", target = "(engine=atomix)") Gossip gossip, @Reference LocalNode node) {
        this.gossip = gossip;
        publish(Map.of(Gossip.TRANSPORT, node.transportAddress().getBytes(StandardCharsets.UTF_8)));
    }

    @Deactivate
    void stop() {
        publish(Map.of());
    }

    private void publish(Map<String, byte[]> entries) {
        try {
            gossip.publish(Gossip.MANAGERS, entries);
        } catch (SkepException refused) {
            LOG.debug("gossip does not take where this manager is: {}", refused.getMessage());
        }
    }
}
