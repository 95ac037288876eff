package io.skep.gossip.atomix;

import java.util.function.Consumer;

/** Carries messages between nodes, encrypted; best effort, as a datagram would. The seam at which tests cut the network. */
interface Channel {
    /** The largest message. */
    int LARGEST_MESSAGE = 16 << 20;

    /** Begins to hand received messages to {@code receiver}, on the reactor's thread. Called once. */
    void open(Consumer<byte[]> receiver);

    /** Where other nodes send to. */
    Endpoint endpoint();

    /** Sends or loses {@code message}; reactor's thread. */
    void send(Endpoint to, byte[] message);
}
