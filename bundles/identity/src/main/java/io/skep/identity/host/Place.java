package io.skep.identity.host;

import io.skep.api.identity.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where this node is found.
 *
 * @param said what the operator asked for, to choose again when the host's addresses are others
 * @param advertiseHost for other nodes
 * @param advertisePort for other nodes
 * @param listenHost one of this host's, or {@code 0.0.0.0} for all
 * @param listenPort of the transport
 */
public record Place(Addresses said, String advertiseHost, int advertisePort, String listenHost, int listenPort) {
    /** {@code host:port} for other nodes. */
    public String advertised() {
        return advertiseHost + ":" + advertisePort;
    }

    /** For the socket. */
    public InetSocketAddress listening() {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(InetAddress.getByName(listenHost).getAddress()), listenPort);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("chosen among numeric addresses, and these need not be looked up", e);
        }
    }
}
