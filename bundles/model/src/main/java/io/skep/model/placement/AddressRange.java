package io.skep.model.placement;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An address or CIDR block, IPv4 or IPv6, that a constraint names.
 *
 * @param network the address
 * @param prefix how many of its leading bits count
 */
record AddressRange(InetAddress network, int prefix) {
    /** Reads an address or block; empty when it is neither. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return literal(address).flatMap(network -> {
            int bits = network.getAddress().length * 8;
            int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new AddressRange(network, prefix));
        });
    }

    /** True when the text is an address inside the range. */
    boolean contains(String text) {
        return literal(text)
                .filter(address -> samePrefix(network.getAddress(), address.getAddress()))
                .isPresent();
    }

    private boolean samePrefix(byte[] left, byte[] right) {
        if (left.length != right.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((left[bit / 8] & mask) != (right[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Only literals get as far as the JDK's parser: a name would be looked up, and that is an effect. */
    private static Optional<InetAddress> literal(String text) {
        boolean four = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        boolean six = text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
        if (!four && !six) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
