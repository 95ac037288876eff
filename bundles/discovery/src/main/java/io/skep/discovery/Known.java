package io.skep.discovery;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import io.skep.model.StandingSegment;
import io.skep.model.codec.Codec;
import io.skep.model.net.Subnet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes have told in one table of gossip as this node knows it, by node and key. Immutable.
 *
 * <p>A node that gossip does not tell of keeps what was known of it: while gossip is swapped, routes and names stay as they are. It
 * goes when its own table says so, when it is dead, or when gossip has run for a while and does not count it as a member.
 */
final class Known<T> {
    private final Function<byte[], T> reader;
    private final Map<String, Map<String, Entry<T>>> nodes;

    private Known(Function<byte[], T> reader, Map<String, Map<String, Entry<T>>> nodes) {
        this.reader = reader;
        this.nodes = nodes;
    }

    /** A value and the bytes it came in, which tell cheaply that it is still the same; equal only to itself. */
    private static final class Entry<T> {
        private final byte[] bytes;
        private final Optional<T> value;

        private Entry(byte[] bytes, Function<byte[], T> reader) {
            this.bytes = bytes;
            this.value = read(bytes, reader);
        }

        /** Empty for what a newer version wrote: one task that cannot be reached from here, not a node without routes. */
        private static <T> Optional<T> read(byte[] bytes, Function<byte[], T> reader) {
            try {
                return Optional.of(reader.apply(bytes));
            } catch (SkepException unreadable) {
                return Optional.empty();
            }
        }
    }

    /** The endpoints of a table, such as {@link #bytes} wrote. */
    static Known<Endpoint> endpoints(Map<String, Map<String, byte[]>> table) {
        return new Known<>(Known::endpoint, Map.of()).learn(table, List.of(), false);
    }

    /** The segments of a table, such as {@link #bytes} wrote. */
    static Known<StandingSegment> segments(Map<String, Map<String, byte[]>> table) {
        return new Known<>(Known::segment, Map.of()).learn(table, List.of(), false);
    }

    private static Endpoint endpoint(byte[] bytes) {
        Endpoint endpoint = Codec.fromBytes(bytes, Endpoint.class);
        endpoint.attachments().forEach(Known::check);
        endpoint.ports().forEach(port -> Subnet.parseAddress(port.address()));
        return endpoint;
    }

    private static void check(Endpoint.Attachment attachment) {
        Subnet.parse(attachment.subnet());
        Subnet.parseAddress(attachment.address());
        if (!attachment.virtualAddress().isEmpty()) {
            Subnet.parseAddress(attachment.virtualAddress());
        }
    }

    private static StandingSegment segment(byte[] bytes) {
        StandingSegment segment = Codec.fromBytes(bytes, StandingSegment.class);
        Subnet.parseAddress(segment.address());
        if (!segment.underlay().isEmpty()) {
            Subnet.parseAddress(segment.underlay());
        }
        return segment;
    }

    /**
     * What is known after gossip was asked.
     *
     * @param table gossip's table
     * @param members gossip's members
     * @param settled gossip has run for so long that a node that is no member has left
     */
    Known<T> learn(Map<String, Map<String, byte[]>> table, List<Member> members, boolean settled) {
        Map<String, Liveness> liveness = members.stream().collect(Collectors.toMap(Member::nodeId, Member::liveness));
        Map<String, Map<String, Entry<T>>> next = new TreeMap<>(nodes);
        table.forEach((node, entries) -> next.put(node, entries(node, entries)));
        next.keySet().removeIf(node -> gone(liveness.get(node), settled));
        return next.equals(nodes) ? this : new Known<>(reader, Collections.unmodifiableMap(next));
    }

    /** True when the node has told, now or in an earlier run. */
    boolean tellsOf(String node) {
        return nodes.containsKey(node);
    }

    /** The nodes that have told, sorted. */
    Set<String> nodes() {
        return nodes.keySet();
    }

    /** Everything that could be read, by node and key. */
    Stream<T> values() {
        return nodes.keySet().stream().flatMap(this::values);
    }

    /** The same of one node. */
    Stream<T> values(String node) {
        return nodes.getOrDefault(node, Map.of()).values().stream().flatMap(entry -> entry.value.stream());
    }

    /** What a node has told under one key. */
    Optional<T> value(String node, String key) {
        return Optional.ofNullable(nodes.getOrDefault(node, Map.of()).get(key)).flatMap(entry -> entry.value);
    }

    /** The same as a table of bytes. */
    Map<String, Map<String, byte[]>> bytes() {
        return map(nodes, entries -> map(entries, entry -> entry.bytes));
    }

    private Map<String, Entry<T>> entries(String node, Map<String, byte[]> told) {
        Map<String, Entry<T>> before = nodes.getOrDefault(node, Map.of());
        Map<String, Entry<T>> entries = new TreeMap<>();
        told.forEach((task, bytes) -> {
            Entry<T> known = before.get(task);
            entries.put(task, known != null && Arrays.equals(known.bytes, bytes) ? known : new Entry<>(bytes, reader));
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
