package io.skep.shell;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What {@code --filter KEY=VALUE} means, as docker has it: of several values of a key one must match, of labels all; all keys must match. Pure.
 */
public final class Filters {
    private static final String LABEL = "label";

    private Filters() {}

    /**
     * Whether an object passes.
     *
     * @param keys what a value of each key means
     * @param given as typed
     */
    public static <T> Predicate<T> of(Map<String, BiPredicate<T, String>> keys, List<String> given) {
        Map<String, List<Predicate<T>>> byKey = new TreeMap<>();
        for (String text : given) {
            String[] parts = text.split("=", 2);
            BiPredicate<T, String> key = keys.get(parts[0]);
            if (parts.length != 2 || key == null) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "filter '" + text + "' is not understood: give KEY=VALUE, where KEY is one of "
                                + String.join(", ", new TreeMap<>(keys).keySet()));
            }
            byKey.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(object -> key.test(object, parts[1]));
        }
        return object -> byKey.entrySet().stream().allMatch(one -> passes(one.getKey(), one.getValue(), object));
    }

    private static <T> boolean passes(String key, List<Predicate<T>> values, T object) {
        return key.endsWith(LABEL)
                ? values.stream().allMatch(value -> value.test(object))
                : values.stream().anyMatch(value -> value.test(object));
    }

    /** {@code zone} or {@code zone=a}. */
    public static boolean label(Map<String, String> labels, String wanted) {
        String[] parts = wanted.split("=", 2);
        return labels.containsKey(parts[0]) && (parts.length == 1 || parts[1].equals(labels.get(parts[0])));
    }
}
