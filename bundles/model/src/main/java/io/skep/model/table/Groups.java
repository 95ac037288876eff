package io.skep.model.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** An index: values by the key of their group, then by their own key; immutable, sorted, structurally shared. */
final class Groups<K extends Comparable<K>, V> {
    private final TreePMap<String, TreePMap<K, V>> groups;

    private Groups(TreePMap<String, TreePMap<K, V>> groups) {
        this.groups = groups;
    }

    static <K extends Comparable<K>, V> Groups<K, V> empty() {
        return new Groups<>(TreePMap.empty());
    }

    Collection<V> group(String key) {
        TreePMap<K, V> group = groups.get(key);
        return group == null ? List.of() : group.values();
    }

    PSortedMap<K, V> map(String key) {
        TreePMap<K, V> group = groups.get(key);
        return group == null ? TreePMap.empty() : group;
    }

    Edit<K, V> edit() {
        return new Edit<>(groups);
    }

    /** Changes an index; the groups that a transaction touches are written back once, at the end. */
    static final class Edit<K extends Comparable<K>, V> {
        private final TreePMap<String, TreePMap<K, V>> before;
        private final Map<String, TreePMap<K, V>> touched = new LinkedHashMap<>();

        private Edit(TreePMap<String, TreePMap<K, V>> before) {
            this.before = before;
        }

        void put(String group, K key, V value) {
            touched.put(group, current(group).plus(key, value));
        }

        void remove(String group, K key) {
            touched.put(group, current(group).minus(key));
        }

        Groups<K, V> freeze() {
            TreePMap<String, TreePMap<K, V>> after = before;
            for (Map.Entry<String, TreePMap<K, V>> entry : touched.entrySet()) {
                after = entry.getValue().isEmpty()
                        ? after.minus(entry.getKey())
                        : after.plus(entry.getKey(), entry.getValue());
            }
            return new Groups<>(after);
        }

        private TreePMap<K, V> current(String group) {
            TreePMap<K, V> now = touched.get(group);
            if (now == null) {
                now = before.get(group);
            }
            return now == null ? TreePMap.empty(Comparator.<K>naturalOrder()) : now;
        }
    }
}
