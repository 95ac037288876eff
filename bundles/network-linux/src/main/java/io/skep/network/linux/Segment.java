package io.skep.network.linux;

import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;

/**
 * One network as it stands on this node: a bridge with the gateway's address.
 *
 * @param networkId the network's id
 * @param subnet its addresses
 * @param gateway the bridge's address
 * @param internal no way out
 */
record Segment(String networkId, Subnet subnet, long gateway, boolean internal) implements Comparable<Segment> {
    /** The network of a valid attachment. */
    static Segment of(Attachment attachment) {
        Subnet subnet = Subnet.parse(attachment.subnet());
        long gateway = inside(subnet, attachment.gateway(), attachment);
        long address = inside(subnet, attachment.address(), attachment);
        if (gateway == address) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "address " + attachment.address() + " is the gateway of network " + attachment.networkName()
                            + "; choose another one");
        }
        return new Segment(Names.checked(attachment.networkId()), subnet, gateway, attachment.internal());
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

    private static long inside(Subnet subnet, String address, Attachment attachment) {
        long number = Subnet.parseAddress(address);
        if (number <= subnet.network() || number >= subnet.broadcast()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "address " + address + " is no host address of " + subnet + ", the subnet of network "
                            + attachment.networkName() + "; choose one inside");
        }
        return number;
    }
}
