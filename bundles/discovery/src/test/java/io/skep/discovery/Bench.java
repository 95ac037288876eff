package io.skep.discovery;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.api.network.RouteTable;
import io.skep.api.network.ServiceAddress;
import io.skep.model.Endpoint;
import io.skep.model.PortConfig.PublishMode;
import io.skep.model.StandingSegment;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What the text tables of discovery talk with, a command a line: {@code tells NODE TASK SERVICE [NET ADDRESS [vip=ADDRESS]]... [PROTO/PUBLISHED:TARGET[/host]]...},
 * {@code stands NODE [NET ADDRESS [at=UNDERLAY]]...}, {@code tells NODE nothing}, {@code silent NODE}, {@code members NODE=LIVENESS...}, {@code settled}, {@code garbage NODE}, {@code restart},
 * {@code services [NAME NET ADDRESS]...}, {@code routes NODE}, {@code ask ASKER NAME [TYPE]}. The last two answer.
 */
final class Bench implements Function<String, String> {
    private final Map<String, Map<String, byte[]>> table = new TreeMap<>();
    private final List<Member> members = new ArrayList<>();
    private final List<ServiceAddress> services = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> segmentTable = new TreeMap<>();
    private Known<Endpoint> known = Known.endpoints(Map.of());
    private Known<StandingSegment> segments = Known.segments(Map.of());
    private boolean scripted;
    private boolean settled;

    @Override
    public String apply(String input) {
        return input.lines()
                .map(line -> run(line.strip().split("\\s+", -1)))
                .filter(output -> !output.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String run(String... words) {
        switch (words[0]) {
            case "tells" -> tells(words);
            case "silent" -> table.remove(words[1]);
            case "garbage" ->
                table.computeIfAbsent(words[1], node -> new TreeMap<>()).put("bad", new byte[] {7});
            case "members" -> members(words);
            case "settled" -> settled = true;
            case "services" -> services(words);
            case "restart" -> {
                known = Known.endpoints(known.bytes());
                segments = Known.segments(segments.bytes());
            }
            case "stands" -> stands(words);
            case "routes" -> {
                return routes(words[1]);
            }
            case "ask" -> {
                return ask(words[1], words[2], words.length > 3 ? words[3] : "A");
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "";
    }

    private void tells(String... words) {
        Map<String, byte[]> entries = table.computeIfAbsent(words[1], node -> new TreeMap<>());
        if (words[2].equals("nothing")) {
            entries.clear();
            return;
        }
        entries.put(words[2], Codec.toBytes(endpoint(words)));
    }

    private void stands(String... words) {
        Map<String, byte[]> entries = new TreeMap<>();
        scripted = true;
        segmentTable.put(words[1], entries);
        for (int i = 2; i < words.length; i += 2) {
            String underlay = i + 2 < words.length && words[i + 2].startsWith("at=") ? words[i + 2].substring(3) : "";
            entries.put(words[i], Codec.toBytes(new StandingSegment(words[i], words[i + 1], underlay)));
            i += underlay.isEmpty() ? 0 : 1;
        }
    }

    /** Unless a scenario is about segments, all networks stand on all nodes. */
    private Map<String, Map<String, byte[]>> segments(String self) {
        if (scripted) {
            return segmentTable;
        }
        Set<String> nodes = new TreeSet<>(known.nodes());
        nodes.add(self);
        return everywhere(nodes, known.values());
    }

    /** Segments of all networks that endpoints have, on some nodes. */
    static Map<String, Map<String, byte[]>> everywhere(Set<String> nodes, Stream<Endpoint> endpoints) {
        Map<String, byte[]> entries = new TreeMap<>();
        endpoints
                .flatMap(endpoint -> endpoint.attachments().stream())
                .map(Endpoint.Attachment::networkId)
                .forEach(network ->
                        entries.put(network, Codec.toBytes(new StandingSegment(network, "10.0.1.1", "192.0.2.1"))));
        return nodes.stream().collect(Collectors.toMap(node -> node, node -> entries));
    }

    static Endpoint endpoint(String... words) {
        String task = words[2];
        String service = words[3];
        List<Endpoint.Attachment> attachments = new ArrayList<>();
        List<Endpoint.Port> ports = new ArrayList<>();
        for (int i = 4; i < words.length; i++) {
            if (words[i].contains("/")) {
                ports.add(port(words[i], attachments.get(0).address()));
            } else if (!words[i].startsWith("vip=")) {
                String virtual =
                        i + 2 < words.length && words[i + 2].startsWith("vip=") ? words[i + 2].substring(4) : "";
                String subnet = words[i + 1].replaceAll("\\d+$", "0/24");
                attachments.add(new Endpoint.Attachment(
                        words[i],
                        subnet,
                        words[i + 1],
                        virtual,
                        List.of(service, "shop_" + service),
                        List.of(task, "tasks." + service)));
                i++;
            }
        }
        return new Endpoint(task, service, service, attachments, ports);
    }

    private void services(String... words) {
        services.clear();
        for (int i = 1; i < words.length; i += 3) {
            services.add(service(words[i], words[i + 1], words[i + 2]));
        }
    }

    static ServiceAddress service(String name, String network, String address) {
        return new ServiceAddress(network, address.replaceAll("\\d+$", "0/24"), address, List.of(name, "shop_" + name));
    }

    private static Endpoint.Port port(String word, String address) {
        String[] parts = word.split("[/:]", -1);
        PublishMode mode = parts.length > 3 ? PublishMode.HOST : PublishMode.INGRESS;
        return new Endpoint.Port(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), address, mode);
    }

    private void members(String... words) {
        members.clear();
        Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("=", -1))
                .forEach(pair -> members.add(new Member(pair[0], pair[0] + ":7946", Liveness.valueOf(pair[1]))));
    }

    private Reach learn(String self) {
        known = known.learn(table, members, settled);
        segments = segments.learn(segments(self), members, settled);
        return new Reach(known, segments, self);
    }

    private String routes(String self) {
        RouteTable routes = Routes.of(learn(self), services);
        List<String> lines = new ArrayList<>();
        routes.ports()
                .forEach(port -> lines.add(port.protocol() + " " + port.publishedPort() + " -> " + port.targetPort()
                        + " at " + port.backends()));
        routes.virtualAddresses().forEach(virtual -> lines.add(virtual.address() + " -> " + virtual.backends()));
        if (scripted) {
            routes.overlays().forEach(overlay -> overlay.peers()
                    .forEach(peer -> lines.add(overlay.networkId() + " to " + peer.underlay() + " for " + peer.address()
                            + " " + peer.containers())));
        }
        return lines.isEmpty() ? "none" : String.join("\n", lines);
    }

    private String ask(String asker, String name, String type) {
        try {
            Record question = Record.newRecord(Name.fromString(name + "."), Type.value(type), DClass.IN);
            Answerer answerer = new Answerer(NameTable.of(learn("n1").visible(), services));
            var outcome = answerer.outcome(Message.newQuery(question).toWire(), asker, false, 0);
            if (outcome instanceof Answerer.Outcome.Answer answer) {
                return text(name, new Message(answer.bytes()));
            }
            return name + ": " + outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private static String text(String name, Message answer) {
        String records = answer.getSection(Section.ANSWER).stream()
                .map(record -> " " + Type.string(record.getType()) + " " + record.rdataToString())
                .collect(Collectors.joining());
        return name + ": " + Rcode.string(answer.getRcode()) + records;
    }
}
