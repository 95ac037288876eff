package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether each term had one leader at most. */
public final class Terms {
    private Terms() {}

    /**
     * Somebody who was seen to lead.
     *
     * @param term in which
     * @param leader who
     */
    public record Leadership(long term, String leader) {}

    /** Terms of several leaders, one text each. */
    public static List<String> violations(Collection<Leadership> seen) {
        TreeMap<Long, TreeSet<String>> leaders = new TreeMap<>();
        seen.forEach(one ->
                leaders.computeIfAbsent(one.term(), term -> new TreeSet<>()).add(one.leader()));
        List<String> violations = new ArrayList<>();
        leaders.forEach((term, several) -> {
            if (several.size() > 1) {
                violations.add("term " + term + " was led by " + String.join(" and ", several));
            }
        });
        return violations;
    }
}
