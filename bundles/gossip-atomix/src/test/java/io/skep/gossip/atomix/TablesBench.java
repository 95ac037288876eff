package io.skep.gossip.atomix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plays the lines of a text table on the tables of some nodes, and tells of each line what came of it. */
final class TablesBench {
    private final Map<String, Tables> nodes = new TreeMap<>();
    private final Map<String, Delta> stated = new TreeMap<>();

    String run(String input) {
        return input.lines().filter(line -> !line.isBlank()).map(this::line).collect(Collectors.joining("\n"));
    }

    private String line(String line) {
        String[] words = line.trim().split(" +");
        return switch (words[1]) {
            case "starts" -> starts(words[0], Long.parseLong(words[2]));
            case "states" -> states(words[0], words[2], entries(words));
            case "counts" -> states(words[0], words[2], many(Integer.parseInt(words[3]), Integer.parseInt(words[4])));
            case "pushes" -> apply(words[2], Optional.ofNullable(stated.get(words[0])));
            case "repairs" -> repairs(words[0], words[2], words[3]);
            case "shows" -> shows(words[0], words[2]);
            case "forgets" -> forgets(words[0], words[2]);
            default -> throw new IllegalArgumentException(line);
        };
    }

    private String starts(String node, long run) {
        nodes.put(node, new Tables(node, run));
        return node + " runs";
    }

    private String states(String node, String table, Map<String, byte[]> entries) {
        Optional<Delta> delta = node(node).state(table, entries);
        delta.ifPresent(news -> stated.put(node, news));
        return delta.map(TablesBench::text).orElse("no news");
    }

    private String apply(String node, Optional<Delta> delta) {
        return delta.map(news -> node(node).apply(news) + ": " + text(news)).orElse("nothing newer");
    }

    private String repairs(String from, String to, String owner) {
        UnitId id = new UnitId(owner, "t");
        return apply(to, node(from).since(id, node(to).version(id)));
    }

    private String shows(String node, String table) {
        String view = node(node).view(table, Set.of()).entrySet().stream()
                .map(owner -> owner.getKey() + "{" + text(owner.getValue()) + "}")
                .collect(Collectors.joining(" "));
        return view.isEmpty() ? "nobody" : view;
    }

    private String forgets(String node, String owner) {
        node(node).forget(Set.of(owner));
        return "gone";
    }

    private Tables node(String name) {
        Tables tables = nodes.get(name);
        if (tables == null) {
            throw new IllegalArgumentException(name + " was not started");
        }
        return tables;
    }

    private static Map<String, byte[]> entries(String[] words) {
        Map<String, byte[]> entries = new TreeMap<>();
        Arrays.stream(words).skip(3).map(word -> word.split("=")).forEach(pair -> entries.put(pair[0], bytes(pair[1])));
        return entries;
    }

    private static Map<String, byte[]> many(int first, int last) {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = first; i <= last; i++) {
            entries.put(String.valueOf(i), bytes("x"));
        }
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, byte[]> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + new String(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    private static String text(Delta delta) {
        String changes = delta.changes().size() > 5
                ? delta.changes().size() + " changes, "
                        + delta.changes().stream().filter(Change::removal).count() + " of them removals"
                : delta.changes().stream().map(TablesBench::text).collect(Collectors.joining(" "));
        String from = delta.whole() ? "whole" : "after " + delta.from();
        return "run " + delta.run() + " " + from + " to " + delta.to() + " [" + changes + "]";
    }

    private static String text(Change change) {
        byte[] value = change.value();
        return value == null ? "-" + change.key() : change.key() + "=" + new String(value, StandardCharsets.UTF_8);
    }
}
