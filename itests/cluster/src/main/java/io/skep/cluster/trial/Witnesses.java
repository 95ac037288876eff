package io.skep.cluster.trial;

import io.skep.cluster.judge.Prefixes;
import io.skep.cluster.judge.Prefixes.Applied;
import io.skep.cluster.judge.Terms;
import io.skep.cluster.judge.Terms.Leadership;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the managers report of themselves in a trial: what they apply, and in which terms they lead. One thread at a time. */
final class Witnesses {
    private final List<Host> managers;
    private final Map<Host, Lines> reports = new HashMap<>();
    private final List<Applied> applied = new ArrayList<>();
    private final List<Leadership> leaderships = new ArrayList<>();

    Witnesses(List<Host> managers) {
        this.managers = managers;
    }

    /** Listens to those that have a node and are not listened to. */
    void lookAgain() {
        for (Host manager : managers) {
            Lines lines = reports.get(manager);
            if (lines == null || lines.ended()) {
                take(manager, lines == null ? List.of() : lines.soFar());
                listen(manager);
            }
        }
    }

    private void listen(Host manager) {
        reports.remove(manager);
        manager.tryFollow("probe:watch").ifPresent(lines -> reports.put(manager, lines));
    }

    private void take(Host manager, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("applied") && words.length > 2) {
                applied.add(new Applied(manager.name(), Long.parseLong(words[1]), words[2]));
            } else if (words[0].equals("leads")) {
                leaderships.add(new Leadership(Long.parseLong(words[1]), manager.name()));
            }
        }
    }

    int size() {
        return applied.size() + leaderships.size();
    }

    /** Ends listening and judges what was heard. */
    List<String> violations() {
        reports.forEach((manager, lines) -> {
            take(manager, lines.soFar());
            lines.close();
        });
        List<String> violations = new ArrayList<>(Prefixes.violations(applied));
        violations.addAll(Terms.violations(leaderships));
        return violations;
    }
}
