package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether all managers applied the same at the same place of the log. */
public final class Prefixes {
    private Prefixes() {}

    /**
     * What a manager applied.
     *
     * @param manager who
     * @param index where in the order of all commands
     * @param content what, or a digest of it
     */
    public record Applied(String manager, long index, String content) {}

    /** Places at which a manager differs from the one that was heard of first, one text each. */
    public static List<String> violations(Collection<Applied> applied) {
        Map<Long, Applied> first = new HashMap<>();
        List<String> violations = new ArrayList<>();
        for (Applied one : applied) {
            Applied other = first.putIfAbsent(one.index(), one);
            if (other != null && !other.content().equals(one.content())) {
                violations.add("at " + one.index() + " " + other.manager() + " applied " + other.content() + " but "
                        + one.manager() + " " + one.content());
            }
        }
        return violations;
    }
}
