package io.skep.network.linux;

import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;

/**
 * One network as it stands on this node: a bridge with the gateway's address, and a vxlan device when it spans nodes.
 *
 * @param networkId the network's id
 * @param subnet its addresses
 * @param gateway the bridge's address
 * @param internal no way out
 * @param vni the number of its packets between nodes; zero for a network that does not leave the node
 * @param underlay this node's address between nodes; empty for a network that does not leave the node
 */
record Segment(String networkId, Subnet subnet, long gateway, boolean internal, int vni, String underlay)
        implements Comparable<Segment> {
    private static final int MAX_VNI = (1 << 24) - 1;

    /** The network of a valid attachment, of which nothing else is known. */
    static Segment of(Attachment attachment) {
        Subnet subnet = Subnet.parse(attachment.subnet());
        long gateway = inside(subnet, attachment.gateway(), attachment.networkName());
        long address = inside(subnet, attachment.address(), attachment.networkName());
        if (gateway == address) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "address " + attachment.address() + " is the gateway of network " + attachment.networkName()
                            + "; choose another one");
        }
        return new Segment(Names.checked(attachment.networkId()), subnet, gateway, attachment.internal(), 0, "");
    }

    /** A network that is stated to stand. */
    static Segment of(SegmentConfig stated) {
        Subnet subnet = Subnet.parse(stated.subnet());
        long address = inside(subnet, stated.address(), stated.networkName());
        if (stated.vni() < 0 || stated.vni() > MAX_VNI) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "network " + stated.networkName() + " cannot have the number " + stated.vni() + "; use 1 to "
                            + MAX_VNI + ", or 0 for a network of one node");
        }
        String underlay = stated.vni() == 0 ? "" : Subnet.text(Subnet.parseAddress(stated.underlay()));
        return new Segment(
                Names.checked(stated.networkId()), subnet, address, stated.internal(), stated.vni(), underlay);
    }

    /** True when the network may stand on other nodes too. */
    boolean spansNodes() {
        return vni > 0;
    }

    @Override
    public int compareTo(Segment other) {
        return networkId.compareTo(other.networkId);
    }

    /** A locally administered hardware address that follows from the IP address, so that no neighbour holds a stale one. */
    static String hardware(long address) {
        return String.format(
                "02:42:%02x:%02x:%02x:%02x",
                address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
    }

    private static long inside(Subnet subnet, String address, String network) {
        long number = Subnet.parseAddress(address);
        if (number <= subnet.network() || number >= subnet.broadcast()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "address " + address + " is no host address of " + subnet + ", the subnet of network " + network
                            + "; choose one inside");
        }
        return number;
    }
}
