package io.skep.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Makes maps whose order is the same on every node. */
final class Sorted {
    private Sorted() {}

    static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
