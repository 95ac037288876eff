package io.skep.network.linux;

import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.model.net.Subnet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the shell script that makes sandboxes: one {@code ip -batch} for the node's side of all of them, one for the
 * inside of each. Pure.
 */
final class AttachScript {
    private static final String END = "END\n";

    private final Names names;
    private final Set<String> links;
    private final Underlays underlays;
    private final Map<String, Integer> sizes = new TreeMap<>();
    private final StringBuilder text = new StringBuilder("set -e\n");

    /**
     * @param links the interfaces that the node has
     * @param underlays what lies under networks that span nodes
     */
    AttachScript(Names names, Set<String> links, Underlays underlays) {
        this.names = names;
        this.links = links;
        this.underlays = underlays;
    }

    /** The script. */
    String of(Collection<Segment> segments, List<SandboxConfig> sandboxes) {
        text.append("ip -batch - <<").append(END);
        segments.forEach(this::bridge);
        sandboxes.forEach(this::outside);
        text.append(END);
        segments.forEach(this::settings);
        if (!segments.isEmpty()) {
            // Written only when it changes: the write resets other settings of the node's interfaces.
            text.append("forward=/proc/sys/net/ipv4/ip_forward\n[ \"$(cat $forward)\" = 1 ] || echo 1 >$forward\n");
        }
        sandboxes.forEach(this::inside);
        return text.toString();
    }

    private void bridge(Segment segment) {
        String name = names.bridge(segment.networkId());
        if (!links.contains(name)) {
            // A fixed hardware address: a bridge otherwise takes its ports' lowest one, and changes it under its
            // neighbours.
            line("link add %s address %s type bridge forward_delay 0"
                    .formatted(name, Segment.hardware(segment.gateway())));
        }
        if (segment.spansNodes()) {
            sizes.put(segment.networkId(), underlays.inner(segment.underlay()));
        }
        line("link set %s addrgenmode none%s up".formatted(name, size(segment.networkId())));
        line("address replace %s/%s dev %s"
                .formatted(Subnet.text(segment.gateway()), segment.subnet().prefix(), name));
        if (segment.spansNodes()) {
            tunnel(segment, name);
        }
    }

    /** What leaves for other nodes. It learns from nobody: who is where is told by gossip, and not by who sends packets. */
    private void tunnel(Segment segment, String bridge) {
        String name = names.tunnel(segment);
        String underlay = segment.underlay();
        if (!links.contains(name)) {
            line("link add %s type vxlan id %s dstport %s nolearning%s"
                    .formatted(
                            name,
                            segment.vni(),
                            OverlayRules.PORT,
                            underlays.own(underlay) ? " local " + underlay : ""));
        }
        line("link set %s addrgenmode none%s master %s up".formatted(name, size(segment.networkId()), bridge));
    }

    private String size(String networkId) {
        Integer size = sizes.get(networkId);
        return size == null ? "" : " mtu " + size;
    }

    private void outside(SandboxConfig sandbox) {
        String namespace = names.namespace(sandbox.id());
        line("netns add %s".formatted(namespace));
        for (int i = 0; i < sandbox.attachments().size(); i++) {
            Attachment attachment = sandbox.attachments().get(i);
            String veth = names.veth(sandbox.id(), i);
            String hardware = Segment.hardware(Subnet.parseAddress(attachment.address()));
            String size = size(attachment.networkId());
            line("link add %s%s type veth peer name eth%s%s address %s netns %s"
                    .formatted(veth, size, i, size, hardware, namespace));
            line("link set %s addrgenmode none master %s up".formatted(veth, names.bridge(attachment.networkId())));
            // With bridge-nf-call-iptables on, a container that calls its own service goes out where it came in.
            line("link set %s type bridge_slave hairpin on".formatted(veth));
        }
    }

    private void settings(Segment segment) {
        // Connections of the node from 127.0.0.1 to a published port leave over the bridge.
        text.append("echo 1 >/proc/sys/net/ipv4/conf/")
                .append(names.bridge(segment.networkId()))
                .append("/route_localnet\n");
    }

    private void inside(SandboxConfig sandbox) {
        text.append("ip -n ")
                .append(names.namespace(sandbox.id()))
                .append(" -batch - <<")
                .append(END);
        line("link set lo up");
        for (int i = 0; i < sandbox.attachments().size(); i++) {
            Attachment attachment = sandbox.attachments().get(i);
            Subnet subnet = Subnet.parse(attachment.subnet());
            line("link set eth%s addrgenmode none up".formatted(i));
            line("address add %s/%s dev eth%s".formatted(address(attachment.address()), subnet.prefix(), i));
        }
        if (!sandbox.attachments().isEmpty()) {
            line("route add default via %s"
                    .formatted(address(sandbox.attachments().get(0).gateway())));
        }
        text.append(END);
    }

    private static String address(String given) {
        return Subnet.text(Subnet.parseAddress(given));
    }

    private void line(String command) {
        text.append(command).append('\n');
    }
}
