package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who are told of changes, and nothing more once they have ended their subscription. */
final class GossipListeners {
    private static final Logger LOG = LoggerFactory.getLogger(GossipListeners.class);

    private final List<Listening> all = new CopyOnWriteArrayList<>();

    /** One subscription. */
    static final class Listening {
        private final Consumer<Change> listener;
        private volatile boolean ended;

        private Listening(Consumer<Change> listener) {
            this.listener = listener;
        }

        void tell(Change change) {
            if (ended) {
                return;
            }
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.error("a listener to gossip failed; it stays subscribed", e);
            }
        }
    }

    Listening add(Consumer<Change> listener) {
        Listening listening = new Listening(listener);
        all.add(listening);
        return listening;
    }

    void remove(Listening listening) {
        listening.ended = true;
        all.remove(listening);
    }

    void tell(Change change) {
        all.forEach(listening -> listening.tell(change));
    }

    void clear() {
        all.forEach(this::remove);
    }
}
