package io.skep.discovery;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.net.Subnet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all nodes as this node knows them, by node and task. Immutable.
 *
 * <p>A node that gossip does not tell of keeps what was known of it: while gossip is swapped, routes and names stay as they are. It
 * goes when its own table says so, when it is dead, or when gossip has run for a while and does not count it as a member.
 */
final class Known {
    /** Nothing known. */
    static final Known NOTHING = new Known(Map.of());

    private final Map<String, Map<String, Entry>> nodes;

    private Known(Map<String, Map<String, Entry>> nodes) {
        this.nodes = nodes;
    }

    /** An endpoint and the bytes it came in, which tell cheaply that it is still the same; equal only to itself. */
    private static final class Entry {
        private final byte[] bytes;
        private final Optional<Endpoint> endpoint;

        private Entry(byte[] bytes) {
            this.bytes = bytes;
            this.endpoint = read(bytes);
        }

        /** Empty for what a newer version wrote: one task that cannot be reached from here, not a node without routes. */
        private static Optional<Endpoint> read(byte[] bytes) {
            try {
                Endpoint endpoint = Codec.fromBytes(bytes, Endpoint.class);
                endpoint.attachments().forEach(Entry::check);
                endpoint.ports().forEach(port -> Subnet.parseAddress(port.address()));
                return Optional.of(endpoint);
            } catch (SkepException unreadable) {
                return Optional.empty();
            }
        }

        private static void check(Endpoint.Attachment attachment) {
            Subnet.parse(attachment.subnet());
            Subnet.parseAddress(attachment.address());
            if (!attachment.virtualAddress().isEmpty()) {
                Subnet.parseAddress(attachment.virtualAddress());
            }
        }
    }

    /** What {@link #bytes} wrote. */
    static Known of(Map<String, Map<String, byte[]>> table) {
        return NOTHING.learn(table, List.of(), false);
    }

    /**
     * What is known after gossip was asked.
     *
     * @param table gossip's table of endpoints
     * @param members gossip's members
     * @param settled gossip has run for so long that a node that is no member has left
     */
    Known learn(Map<String, Map<String, byte[]>> table, List<Member> members, boolean settled) {
        Map<String, Liveness> liveness = members.stream().collect(Collectors.toMap(Member::nodeId, Member::liveness));
        Map<String, Map<String, Entry>> next = new TreeMap<>(nodes);
        table.forEach((node, entries) -> next.put(node, entries(node, entries)));
        next.keySet().removeIf(node -> gone(liveness.get(node), settled));
        return next.equals(nodes) ? this : new Known(Collections.unmodifiableMap(next));
    }

    /** True when the node has told, now or in an earlier run, what it runs. */
    boolean tellsOf(String node) {
        return nodes.containsKey(node);
    }

    /** Every endpoint that could be read, by node and task id. */
    Stream<Endpoint> endpoints() {
        return nodes.values().stream()
                .flatMap(entries -> entries.values().stream())
                .flatMap(entry -> entry.endpoint.stream());
    }

    /** The endpoints of one node. */
    Stream<Endpoint> endpoints(String node) {
        return nodes.getOrDefault(node, Map.of()).values().stream().flatMap(entry -> entry.endpoint.stream());
    }

    /** The same as a table of bytes. */
    Map<String, Map<String, byte[]>> bytes() {
        return map(nodes, entries -> map(entries, entry -> entry.bytes));
    }

    private Map<String, Entry> entries(String node, Map<String, byte[]> told) {
        Map<String, Entry> before = nodes.getOrDefault(node, Map.of());
        Map<String, Entry> entries = new TreeMap<>();
        told.forEach((task, bytes) -> {
            Entry known = before.get(task);
            entries.put(task, known != null && Arrays.equals(known.bytes, bytes) ? known : new Entry(bytes));
        });
        return entries.equals(before) && nodes.containsKey(node) ? before : Collections.unmodifiableMap(entries);
    }

    private static boolean gone(@Nullable Liveness liveness, boolean settled) {
        return liveness == Liveness.DEAD || (liveness == null && settled);
    }

    private static <A, B> Map<String, B> map(Map<String, A> from, Function<A, B> value) {
        Map<String, B> to = new TreeMap<>();
        from.forEach((key, old) -> to.put(key, value.apply(old)));
        return to;
    }
}
