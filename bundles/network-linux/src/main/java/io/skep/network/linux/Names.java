package io.skep.network.linux;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of everything that this instance makes on the node: always the same for the same id, so that what an earlier
 * run left is found again.
 *
 * @param instance prefix of all names
 */
record Names(String instance) {
    /** Where iproute2 keeps named network namespaces. */
    static final Path NAMESPACES = Path.of("/run/netns");

    /** The kernel's limit of an interface name. */
    private static final int INTERFACE = 15;

    private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9]{0,5}");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]{0,63}");

    Names {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "instance \"" + instance + "\" of " + Settings.PID
                            + " is no letter with up to five letters or digits; write it like skep");
        }
    }

    /** The id itself when it can be part of a file name and of a command. */
    static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "\"" + id + "\" is no id: 1 to 64 letters, digits, dots, underscores and hyphens");
        }
        return id;
    }

    String namespace(String sandboxId) {
        return namespacePrefix() + sandboxId;
    }

    String namespacePrefix() {
        return instance + "-";
    }

    String bridge(String networkId) {
        return interfaceName("-b", networkId);
    }

    /** What an nftables rule matches all bridges with. */
    String anyBridge() {
        return instance + "-b*";
    }

    /** The node's end of a sandbox's link. */
    String veth(String sandboxId, int index) {
        return interfaceName("-v", sandboxId + "/" + index);
    }

    /** The vxlan device of a network: another one when number or underlay change, for the kernel cannot change these. */
    String tunnel(Segment segment) {
        return interfaceName("-x", segment.networkId() + "/" + segment.vni() + "/" + segment.underlay());
    }

    /** What an nftables rule matches all vxlan devices with. */
    String anyTunnel() {
        return instance + "-x*";
    }

    /** True for every interface of this instance but the one of virtual addresses. */
    boolean isLink(String link) {
        boolean ours = Stream.of("-b", "-v", "-x").anyMatch(mark -> link.startsWith(instance + mark));
        return ours && link.length() == INTERFACE;
    }

    /** The interface that carries the local routes of virtual addresses. */
    String virtualLink() {
        return instance + "-vip";
    }

    String networksTable() {
        return instance + "-networks";
    }

    String routesTable() {
        return instance + "-routes";
    }

    String overlaysTable() {
        return instance + "-overlays";
    }

    /** Where the ledger of complete sandboxes is: gone after a reboot, as the sandboxes are. */
    Path ledger() {
        return Path.of("/run", instance + "-network");
    }

    private String interfaceName(String mark, String id) {
        String prefix = instance + mark;
        return prefix + digest(id).substring(0, INTERFACE - prefix.length());
    }

    /** Tells texts from each other in a name. */
    static String shortDigest(String text) {
        return digest(text).substring(0, 12);
    }

    private static String digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).toString(Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
