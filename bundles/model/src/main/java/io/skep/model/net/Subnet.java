package io.skep.model.net;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Optional;

/**
 * A block of IPv4 addresses. Addresses are numbers here, 0–2^32-1, so that they can be counted.
 *
 * @param network the first address; its bits below the prefix are zero
 * @param prefix length, 0–32
 */
public record Subnet(long network, int prefix) {
    private static final int BITS = 32;

    public Subnet {
        if (prefix < 0 || prefix > BITS || network < 0 || network >= 1L << BITS) {
            throw new IllegalArgumentException("no subnet: " + network + "/" + prefix);
        }
        network &= -(1L << (BITS - prefix));
    }

    /**
     * Reads a CIDR such as {@code 10.0.1.0/24}; bits below the prefix are dropped.
     *
     * @throws SkepException INVALID_ARGUMENT when it is malformed
     */
    public static Subnet parse(String cidr) {
        int slash = cidr.indexOf('/');
        Optional<Long> network = slash < 0 ? Optional.empty() : number(cidr.substring(0, slash));
        String prefix = cidr.substring(slash + 1);
        if (network.isEmpty() || !prefix.matches("\\d{1,2}") || Integer.parseInt(prefix) > BITS) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "\"" + cidr + "\" is no IPv4 subnet; write it like 10.0.1.0/24");
        }
        return new Subnet(network.get(), Integer.parseInt(prefix));
    }

    /**
     * Reads an address such as {@code 10.0.1.7}.
     *
     * @throws SkepException INVALID_ARGUMENT when it is malformed
     */
    public static long parseAddress(String address) {
        return number(address)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT, "\"" + address + "\" is no IPv4 address; write it like 10.0.1.7"));
    }

    /** Writes an address in the usual form. */
    public static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** How many addresses it has, the network's own and the broadcast address among them. */
    public long size() {
        return 1L << (BITS - prefix);
    }

    /** The first address after the network's own; by default the gateway. */
    public long first() {
        return network + 1;
    }

    /** The last address: broadcast. */
    public long broadcast() {
        return network + size() - 1;
    }

    /** True when the address lies in the block. */
    public boolean contains(long address) {
        return address >= network && address <= broadcast();
    }

    /** True when the two share an address. */
    public boolean overlaps(Subnet other) {
        return contains(other.network) || other.contains(network);
    }

    /** The CIDR. */
    @Override
    public String toString() {
        return text(network) + "/" + prefix;
    }

    private static Optional<Long> number(String address) {
        String[] parts = address.split("\\.", -1);
        long number = 0;
        for (String part : parts) {
            int octet = octet(part);
            if (parts.length != 4 || octet < 0) {
                return Optional.empty();
            }
            number = number << 8 | octet;
        }
        return Optional.of(number);
    }

    /** Minus one when it is none. By hand, for routes are sorted by address at every change of an endpoint, and a pattern would be compiled each time. */
    private static int octet(String part) {
        int octet = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = part.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            octet = 10 * octet + digit;
        }
        return part.isEmpty() || part.length() > 3 || octet > 255 ? -1 : octet;
    }
}
