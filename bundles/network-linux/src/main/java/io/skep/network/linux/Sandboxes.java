package io.skep.network.linux;

import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SegmentConfig;
import io.skep.model.SkepException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes and removes sandboxes; called by one thread at a time. */
final class Sandboxes {
    private final Names names;
    private final HostCommands commands;
    private final Ledger ledger;
    private final IsolationRules rules;
    private final Map<String, SandboxConfig> standing = new TreeMap<>();
    private Map<String, Segment> stated = Map.of();
    private boolean loaded;
    private Set<Segment> isolated = Set.of();

    Sandboxes(Names names, int nameServerPort, HostCommands commands) {
        this.names = names;
        this.commands = commands;
        this.ledger = new Ledger(names);
        this.rules = new IsolationRules(names, nameServerPort);
    }

    Set<String> ids() {
        return ledger.all();
    }

    List<Sandbox> attach(List<SandboxConfig> requests) {
        Requests.check(requests);
        load();
        List<SandboxConfig> missing = missing(requests);
        if (!missing.isEmpty()) {
            Set<String> ids = missing.stream().map(SandboxConfig::id).collect(Collectors.toCollection(TreeSet::new));
            standing.keySet().removeAll(ids);
            Set<String> links = sweep(ids, Links.of(commands));
            try {
                make(missing, links);
            } catch (SkepException failure) {
                undo(ids, failure);
                throw failure;
            }
            missing.forEach(sandbox -> standing.put(sandbox.id(), sandbox));
        }
        return requests.stream()
                .map(request -> new Sandbox(request.id(), ledger.namespace(request.id())))
                .toList();
    }

    /** States which networks stand besides those of sandboxes. */
    Set<Segment> stand(List<SegmentConfig> segments) {
        Map<String, Segment> next = Requests.segments(segments);
        load();
        // First of all: what is not remembered would not be found by the next run.
        ledger.stand(segments);
        stated = next;
        Set<String> links = sweep(Set.of(), Links.of(commands));
        isolate(segments());
        if (!next.isEmpty()) {
            run(
                    "set up networks",
                    new AttachScript(names, links, underlays(next.values())).of(next.values(), List.of()));
        }
        return segments();
    }

    /** Every network that stands. */
    Set<Segment> segments() {
        load();
        return all();
    }

    private Set<Segment> all() {
        Set<Segment> all = segments(standing.values());
        all.addAll(stated.values());
        return all;
    }

    private Underlays underlays(Collection<Segment> segments) {
        return segments.stream().anyMatch(Segment::spansNodes) ? Underlays.of(commands) : Underlays.NONE;
    }

    Set<String> detach(Set<String> ids) {
        load();
        Set<String> known = ledger.all();
        Set<String> leaving = new TreeSet<>(ids);
        leaving.retainAll(known);
        if (!leaving.isEmpty()) {
            ledger.remove(leaving);
            standing.keySet().removeAll(leaving);
            sweep(leaving, Links.of(commands));
            isolate(segments());
        }
        return leaving;
    }

    /** Takes up what an earlier run left; the answer is whether rules were missing. */
    private boolean load() {
        if (loaded) {
            return false;
        }
        standing.putAll(ledger.complete());
        stated = Requests.segments(ledger.standing());
        isolated = Set.copyOf(all());
        boolean missing = stateMissing();
        loaded = true;
        return missing;
    }

    /** States the rules again if the kernel does not have them any more; the answer is whether that was so. */
    boolean restore() {
        if (loaded) {
            return stateMissing();
        }
        return !(ledger.complete().isEmpty() && ledger.standing().isEmpty()) && load();
    }

    private boolean stateMissing() {
        String chains = commands.script(Chains.COMMAND + "\n").text();
        boolean missing = !Chains.parse(chains, names.networksTable()).contains(rules.mark(isolated));
        if (missing) {
            stateIsolation(isolated);
        }
        return missing;
    }

    private List<SandboxConfig> missing(List<SandboxConfig> requests) {
        Map<String, SandboxConfig> missing = new LinkedHashMap<>();
        for (SandboxConfig request : requests) {
            if (!standing.containsKey(request.id()) || !ledger.stands(request.id())) {
                missing.put(request.id(), request);
            }
        }
        return List.copyOf(missing.values());
    }

    private void make(List<SandboxConfig> sandboxes, Set<String> links) {
        Set<Segment> all = segments();
        Set<Segment> wanted = segments(sandboxes);
        all.addAll(wanted);
        isolate(all);
        run(
                "attach containers to their networks",
                new AttachScript(names, links, underlays(wanted)).of(wanted, sandboxes));
        ledger.add(sandboxes);
    }

    private void undo(Set<String> ids, SkepException failure) {
        try {
            ledger.remove(ids);
            sweep(ids, Links.of(commands));
            isolate(segments());
        } catch (SkepException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Removes what there is of the sandboxes, and every link that belongs to none that stands, such as those of a sandbox whose namespace somebody
     * else has removed; the answer is the links that remain.
     */
    private Set<String> sweep(Set<String> ids, Set<String> links) {
        Set<String> idle = idle(links);
        List<String> namespaces =
                ids.stream().filter(ledger::stands).map(names::namespace).toList();
        if (!idle.isEmpty() || !namespaces.isEmpty()) {
            run("remove containers from their networks", DetachScript.of(idle, namespaces));
        }
        Set<String> remaining = new TreeSet<>(links);
        remaining.removeAll(idle);
        return remaining;
    }

    private Set<String> idle(Set<String> links) {
        Set<String> used = new HashSet<>();
        for (SandboxConfig sandbox : standing.values()) {
            for (int i = 0; i < sandbox.attachments().size(); i++) {
                used.add(names.veth(sandbox.id(), i));
            }
        }
        for (Segment segment : segments()) {
            used.add(names.bridge(segment.networkId()));
            used.add(names.tunnel(segment));
        }
        return links.stream()
                .filter(link -> names.isLink(link) && !used.contains(link))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void isolate(Set<Segment> segments) {
        // Not the other way round: a sorted set tells its elements apart by the network alone.
        if (isolated.equals(Set.copyOf(segments))) {
            return;
        }
        HostCommands.Output output = commands.run(rules.change(isolated, segments), "nft", "-f", "-");
        if (!output.ok()) {
            stateIsolation(segments);
        }
        isolated = Set.copyOf(segments);
    }

    /** At the first use; later only where somebody else has removed the table. */
    private void stateIsolation(Collection<Segment> segments) {
        HostCommands.Output output = commands.run(rules.of(segments), "nft", "-f", "-");
        if (!output.ok()) {
            throw KernelWords.failure("isolate networks from each other", output.text());
        }
    }

    private void run(String action, String script) {
        HostCommands.Output output = commands.script(script);
        if (!output.ok()) {
            throw KernelWords.failure(action, output.text());
        }
    }

    private Set<Segment> segments(Collection<SandboxConfig> sandboxes) {
        return sandboxes.stream()
                .flatMap(sandbox -> sandbox.attachments().stream())
                .map(attachment -> stated.getOrDefault(attachment.networkId(), Segment.of(attachment)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
