package io.skep.api.dispatch;

import io.skep.api.runtime.ImageConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * How a manager brings a file with images to a node, each message in {@link io.skep.model.codec.Codec} bytes under a subject of the transport. One request
 * after the other: the file in pieces, then {@link Load} until it is done. Served by nodes, for managers. Who is silent for {@value #IDLE_SECONDS} s has
 * given up, and what came of its file is removed.
 */
public final class ImageWire {
    /** {@link Piece}, answered once it is written. */
    public static final String PIECE = "image.piece";

    /** {@link Load}, answered by {@link Loading} within some seconds. */
    public static final String LOAD = "image.load";

    /** The most of a file that goes into one message, in bytes. */
    public static final int PIECE_BYTES = 1 << 20;

    /** How long a node waits for the next request of a transfer, in seconds. */
    public static final int IDLE_SECONDS = 60;

    private ImageWire() {}

    /**
     * The next part of a file. {@code WRONG_STATE} when it does not follow on what came before, or the node has given the transfer up: begin
     * another.
     *
     * @param transferId new for each transfer, chosen by the manager
     * @param fileName the file's name without directories, after which images without a name are called
     * @param offset how many bytes came before; 0 begins the transfer
     * @param content at most {@link #PIECE_BYTES}
     */
    public record Piece(String transferId, String fileName, long offset, ByteBuffer content) {}

    /**
     * The file is there and to be loaded; repeated until the answer says that it is done. {@code CORRUPT} when it is another file than the one that was
     * sent, {@code WRONG_STATE} as above; otherwise fails as {@link io.skep.api.runtime.ImageStore} does.
     *
     * @param transferId the transfer
     * @param digest of the whole file, see {@link io.skep.api.runtime.ImageStore.Arrival#digest}
     * @param rootfs when the file is a root file system to make an image of; empty for one with images
     */
    public record Load(String transferId, String digest, Optional<Rootfs> rootfs) {}

    /**
     * What becomes of a root file system.
     *
     * @param reference the image's name
     * @param config what it runs by default
     */
    public record Rootfs(String reference, ImageConfig config) {}

    /**
     * How the loading goes.
     *
     * @param done true when the images are there
     * @param doing what is being done, for people; empty when done
     * @param references names of the images, once done
     */
    public record Loading(boolean done, String doing, List<String> references) {
        public Loading {
            references = List.copyOf(references);
        }
    }
}
