package io.skep.gossip.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks and copies what a node states, so that nothing that cannot travel enters a table. */
final class Statement {
    private static final Pattern TABLE = Pattern.compile("[a-z-]{1,32}");
    private static final int LARGEST_VALUE = 16 << 10;
    private static final int LONGEST_KEY = 255;
    private static final int LARGEST_STATEMENT = 8 << 20;

    private Statement() {}

    static void checkTable(String table) {
        if (!TABLE.matcher(table).matches()) {
            throw refused("a gossip table is named by 1 to 32 characters of [a-z-], not \"" + table + "\"");
        }
    }

    static Map<String, byte[]> copy(String table, Map<String, byte[]> entries) {
        checkTable(table);
        Map<String, byte[]> copy = new TreeMap<>();
        long size = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            check(table, entry.getKey(), entry.getValue());
            size += entry.getKey().length() + entry.getValue().length;
            copy.put(entry.getKey(), entry.getValue().clone());
        }
        if (size > LARGEST_STATEMENT) {
            throw refused("this node's entries in gossip table " + table + " have " + size + " bytes together; at most "
                    + LARGEST_STATEMENT + " travel: state less in each");
        }
        return copy;
    }

    private static void check(String table, String key, byte[] value) {
        if (key.length() > LONGEST_KEY) {
            throw refused("a key of gossip table " + table + " has " + key.length() + " characters; at most "
                    + LONGEST_KEY + " travel");
        }
        if (value.length > LARGEST_VALUE) {
            throw refused("the entry " + key + " of gossip table " + table + " has " + value.length + " bytes; at most "
                    + LARGEST_VALUE + " travel: split it over several keys");
        }
    }

    private static SkepException refused(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
