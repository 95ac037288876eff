package io.skep.network.linux;

import io.skep.api.network.RouteTable.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the networks of this node to the same networks on others: from which of them stand here, and who else has them. Called by one
 * thread at a time.
 */
final class Overlays {
    private static final String LOOK = Chains.COMMAND + "\nbridge fdb show\nexit 0\n";

    private final Names names;
    private final HostCommands commands;
    private final OverlayRules rules;
    private Set<Segment> standing = Set.of();
    private @Nullable List<Overlay> told;
    private @Nullable Map<String, Set<String>> stated;

    Overlays(Names names, HostCommands commands) {
        this.names = names;
        this.commands = commands;
        this.rules = new OverlayRules(names);
    }

    /** These networks stand here; the answer is those that span nodes. */
    Set<Segment> stand(Set<Segment> segments) {
        standing = segments.stream().filter(Segment::spansNodes).collect(Collectors.toCollection(TreeSet::new));
        apply(look());
        return standing;
    }

    /** Others have these networks, of which some stand here. */
    Set<Segment> route(List<Overlay> overlays, Set<Segment> segments) {
        told = overlays;
        return stand(segments);
    }

    /** States the rules again if the kernel does not have them any more; the answer is whether that was so. */
    boolean restore() {
        Map<String, Set<String>> lost = stated;
        if (lost == null || look().chains().contains(rules.mark(lost))) {
            return false;
        }
        run("guard the networks between nodes", rules.of(lost), "nft", "-f", "-");
        return true;
    }

    /** What the kernel has. */
    private record Seen(Set<String> chains, String forwarding) {}

    private Seen look() {
        String text = commands.script(LOOK).text();
        return new Seen(Chains.parse(text, names.overlaysTable()), text);
    }

    private void apply(Seen seen) {
        guard(seen.chains());
        List<Overlay> places = told;
        if (places == null || standing.isEmpty()) {
            // Until the other nodes are known, those of an earlier run stay.
            return;
        }
        Set<String> devices = standing.stream().map(names::tunnel).collect(Collectors.toSet());
        String lines = Forwarding.script(
                Forwarding.parse(seen.forwarding(), devices), Forwarding.wanted(names, standing, places));
        if (!lines.isEmpty()) {
            run("lead packets to other nodes", lines, "bridge", "-batch", "-");
        }
    }

    private void guard(Set<String> chains) {
        if (standing.isEmpty()) {
            if (!chains.isEmpty()) {
                run("remove the guard of networks between nodes", rules.none(), "nft", "-f", "-");
            }
            stated = null;
            return;
        }
        if (told == null && !chains.isEmpty()) {
            return;
        }
        Map<String, Set<String>> sets = OverlayRules.sets(standing, told == null ? List.of() : told);
        if (!chains.contains(rules.mark(sets))) {
            state(chains, sets);
        }
        stated = sets;
    }

    private void state(Set<String> chains, Map<String, Set<String>> sets) {
        Map<String, Set<String>> before = stated;
        boolean changed = before != null
                && chains.contains(rules.mark(before))
                && commands.run(rules.change(before, sets), "nft", "-f", "-").ok();
        if (!changed) {
            run("guard the networks between nodes", rules.of(sets), "nft", "-f", "-");
        }
    }

    private void run(String action, String input, String... argv) {
        HostCommands.Output output = commands.run(input, argv);
        if (!output.ok()) {
            throw KernelWords.failure(action, output.text());
        }
    }
}
