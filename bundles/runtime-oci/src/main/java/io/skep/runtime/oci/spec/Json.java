package io.skep.runtime.oci.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes JSON objects down as ordered maps, so that the same container gives the same file. */
final class Json {
    private Json() {}

    /** An object of alternating names and values. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
