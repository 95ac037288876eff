package io.skep.api.control;

import io.skep.api.dispatch.ImageWire;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Brings images from this manager's disk to all nodes of the swarm. Provided by managers. Thread-safe, non-blocking. */
@ProviderType
public interface ImageDistribution {
    /**
     * Sends a file to each node that is ready, this one included, and has it loaded there; a node that has the images already is well. What fails on
     * one node keeps no other from it.
     *
     * @param file a tar of this host, gzip or not, not changed meanwhile
     * @param rootfs when it is a root file system to make an image of; empty for one with images
     */
    Run begin(Path file, Optional<ImageWire.Rootfs> rootfs);

    /** One file on its way to all nodes. Thread-safe. */
    @ProviderType
    interface Run extends AutoCloseable {
        /**
         * What became of it on each node, by their names, once all have it or have failed. Fails with {@code INVALID_ARGUMENT} when the file cannot be sent, as
         * {@link io.skep.api.store.Store#sync} does, and with {@code PART_MISSING} when this node does not manage any more, or the run was closed.
         */
        CompletionStage<List<Delivery>> outcome();

        /** How it goes, in a phrase for people. */
        String progress();

        /** Gives up what is not done; idempotent. */
        @Override
        void close();
    }

    /**
     * What became of it on one node.
     *
     * @param nodeId the node
     * @param node its name for people
     * @param references names of the images that are there now; empty when it failed
     * @param failure why they are not, and empty otherwise
     */
    record Delivery(String nodeId, String node, List<String> references, Optional<String> failure) {
        public Delivery {
            references = List.copyOf(references);
        }
    }
}
