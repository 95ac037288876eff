package io.skep.network.linux;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.contracts.table.TextTable;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the driver gives to ip and nft. Lines of input: {@code link NAME}, {@code sandbox ID [NET/NUMBER[/internal]]...} (network NET is 10.NET.0.0/24),
 * {@code port PROTO/PUBLISHED:TARGET [ADDRESS]...}, {@code virtual ADDRESS [BACKEND]...}, {@code present ADDRESS...}, {@code segment NET NUMBER VNI UNDERLAY},
 * {@code underlay ADDRESS MTU}, {@code peer NET UNDERLAY ADDRESS [CONTAINER]...}, {@code seen LINE OF BRIDGE}.
 */
final class ScriptsTest {
    private static final Names NAMES = new Names("skep");

    private final Set<String> links = new TreeSet<>();
    private final Set<String> present = new TreeSet<>();
    private final List<SandboxConfig> sandboxes = new ArrayList<>();
    private final List<SegmentConfig> stated = new ArrayList<>();
    private final List<Overlay> overlays = new ArrayList<>();
    private final StringBuilder seen = new StringBuilder();
    private Underlays underlays = Underlays.NONE;
    private final List<PortRoute> ports = new ArrayList<>();
    private final List<VirtualAddress> addresses = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> attaches() {
        return table("attach", bench -> new AttachScript(NAMES, bench.links, bench.underlays)
                .of(bench.segments(), bench.sandboxes));
    }

    @TestFactory
    Stream<DynamicTest> readsUnderlays() {
        return TextTable.of(
                "tables/underlays.txt", input -> Underlays.parse(input).toString());
    }

    @TestFactory
    Stream<DynamicTest> forwards() {
        return table("forwarding", bench -> {
            Set<Segment> segments = bench.segments();
            Set<String> devices = segments.stream().map(NAMES::tunnel).collect(Collectors.toSet());
            return Forwarding.script(
                    Forwarding.parse(
                            bench.seen
                                    .toString()
                                    .replace("DEVICE", devices.iterator().next()),
                            devices),
                    Forwarding.wanted(NAMES, segments, bench.overlays));
        });
    }

    @TestFactory
    Stream<DynamicTest> guards() {
        return table(
                "overlays", bench -> new OverlayRules(NAMES).of(OverlayRules.sets(bench.segments(), bench.overlays)));
    }

    @TestFactory
    Stream<DynamicTest> changesGuards() {
        Map<String, Set<String>> before = new TreeMap<>(
                Map.of("own", Set.of("10.7.0.1"), "peers", Set.of("192.0.2.2"), "away", Set.of("10.7.0.10")));
        return table("overlays-change", bench -> new OverlayRules(NAMES)
                .change(before, OverlayRules.sets(bench.segments(), bench.overlays)));
    }

    @TestFactory
    Stream<DynamicTest> isolates() {
        return table("isolation", bench -> new IsolationRules(NAMES, 7953).of(bench.segments()));
    }

    @TestFactory
    Stream<DynamicTest> changesIsolation() {
        return table("isolation-change", bench -> new IsolationRules(NAMES, 7953)
                .change(Set.of(Segment.of(attachment("7/10")), Segment.of(attachment("9/10"))), bench.segments()));
    }

    @TestFactory
    Stream<DynamicTest> readsChains() {
        return TextTable.of(
                "tables/chains.txt", input -> Chains.parse(input, "skep-routes").toString());
    }

    @TestFactory
    Stream<DynamicTest> leads() {
        return table("routes", bench -> new RouteRules(NAMES, bench.present).of(bench.routes()));
    }

    @TestFactory
    Stream<DynamicTest> virtualAddresses() {
        return table("virtual", bench -> {
            Set<String> wanted = bench.routes().virtualAddresses().stream()
                    .map(VirtualAddress::address)
                    .collect(Collectors.toCollection(TreeSet::new));
            return VirtualLink.script(NAMES.virtualLink(), bench.present, wanted);
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return table("refused", bench -> {
            Requests.check(bench.sandboxes);
            return "accepted " + bench.routes();
        });
    }

    @TestFactory
    Stream<DynamicTest> readsWhoListens() {
        return TextTable.of(
                "tables/listeners.txt", input -> Listeners.parse(input).toString());
    }

    /** What a scenario shows. */
    private interface Shown {
        String of(ScriptsTest bench);
    }

    private static Stream<DynamicTest> table(String name, Shown shown) {
        return TextTable.of("tables/" + name + ".txt", input -> {
            ScriptsTest bench = new ScriptsTest();
            try {
                input.lines().forEach(line -> bench.take(line.strip().split("\\s+", -1)));
                return shown.of(bench);
            } catch (SkepException refused) {
                return refused.code() + ": " + refused.getMessage();
            }
        });
    }

    private void take(String... words) {
        List<String> rest = Arrays.asList(words).subList(Math.min(2, words.length), words.length);
        switch (words[0]) {
            case "link" -> links.add(words[1]);
            case "present" -> present.addAll(Arrays.asList(words).subList(1, words.length));
            case "sandbox" ->
                sandboxes.add(new SandboxConfig(
                        words[1], rest.stream().map(ScriptsTest::attachment).toList()));
            case "segment" -> stated.add(segment(words));
            case "seen" ->
                seen.append(String.join(" ", Arrays.asList(words).subList(1, words.length)))
                        .append('\n');
            case "underlay" -> underlays = new Underlays(Map.of(words[1], Integer.parseInt(words[2])));
            case "peer" ->
                overlays.add(new Overlay(
                        "net" + words[1],
                        List.of(new Peer(
                                words[2], words[3], Arrays.asList(words).subList(4, words.length)))));
            case "virtual" -> addresses.add(new VirtualAddress(words[1], rest));
            case "port" -> {
                String[] parts = words[1].split("[/:]", -1);
                ports.add(new PortRoute(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), rest));
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static Attachment attachment(String word) {
        String[] parts = word.split("/", -1);
        String prefix = "10." + parts[0] + ".0.";
        String address = parts[1].contains(".") ? parts[1] : prefix + parts[1];
        return new Attachment(
                "net" + parts[0], "n" + parts[0], prefix + "0/24", prefix + "1", address, parts.length > 2);
    }

    private static SegmentConfig segment(String... words) {
        String prefix = "10." + words[1] + ".0.";
        return new SegmentConfig(
                "net" + words[1],
                "n" + words[1],
                prefix + "0/24",
                prefix + words[2],
                false,
                Integer.parseInt(words[3]),
                words[4]);
    }

    private Set<Segment> segments() {
        Set<Segment> segments = new TreeSet<>(Requests.segments(stated).values());
        segments.addAll(attached());
        return segments;
    }

    private Set<Segment> attached() {
        return sandboxes.stream()
                .flatMap(sandbox -> sandbox.attachments().stream())
                .map(Segment::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private RouteTable routes() {
        return ValidRoutes.of(new RouteTable(ports, addresses, overlays));
    }
}
