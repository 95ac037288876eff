package io.skep.model.placement;

import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One placement constraint, such as {@code node.labels.zone==a}. Keys: {@code node.id}, {@code node.hostname}, {@code node.ip} (address or
 * CIDR), {@code node.role}, {@code node.platform.os}, {@code node.platform.arch}, {@code node.labels.X}, {@code engine.labels.X}. Keys are
 * case-insensitive, names of labels are not; values are compared case-insensitively, as they are (no wildcards). What a node lacks equals the
 * empty string. An unknown key or a malformed address never matches, whatever the operator. Architectures match under both their names.
 *
 * @param key what to look at
 * @param operator how to compare
 * @param value with what; not empty
 * @see <a href="https://docs.docker.com/reference/cli/docker/service/create/#constraint">Docker's constraints</a>
 */
public record Constraint(String key, Operator operator, String value) {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9\\-_.]+");
    private static final Pattern VALUE = Pattern.compile("[a-zA-Z0-9:\\-_\\s.*()?+\\[\\]\\\\^$|/]+");
    private static final String NODE_LABEL = "node.labels.";
    private static final String ENGINE_LABEL = "engine.labels.";

    /** How a constraint compares. */
    public enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As it is written in a constraint. */
        public String symbol() {
            return symbol;
        }
    }

    /**
     * Reads one constraint; blanks around key and value do not count.
     *
     * @throws SkepException INVALID_ARGUMENT when it is not {@code key==value} or {@code key!=value}
     */
    public static Constraint parse(String text) {
        for (Operator operator : Operator.values()) {
            int at = text.indexOf(operator.symbol);
            if (at >= 0) {
                String key = text.substring(0, at).trim();
                String value = text.substring(at + operator.symbol.length()).trim();
                check(KEY.matcher(key).matches(), text, "its key is malformed");
                check(
                        VALUE.matcher(value).matches(),
                        text,
                        "its value is empty or has a character that is not allowed");
                return new Constraint(key, operator, value);
            }
        }
        throw malformed(text, "it has no == or !=");
    }

    /**
     * Reads all constraints of a service.
     *
     * @throws SkepException INVALID_ARGUMENT when one is malformed
     */
    public static List<Constraint> parse(List<String> texts) {
        return texts.stream().map(Constraint::parse).toList();
    }

    /** True when the node meets the constraint. */
    public boolean matches(Node node) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.startsWith(NODE_LABEL) && lower.length() > NODE_LABEL.length()) {
            return compare(node.spec().labels().getOrDefault(key.substring(NODE_LABEL.length()), ""));
        }
        if (lower.startsWith(ENGINE_LABEL) && lower.length() > ENGINE_LABEL.length()) {
            String label = key.substring(ENGINE_LABEL.length());
            return compare(described(node, heard -> heard.engineLabels().getOrDefault(label, "")));
        }
        return switch (lower) {
            case "node.id" -> compare(node.id());
            case "node.hostname" -> compare(described(node, NodeDescription::hostname));
            case "node.ip" -> matchesAddress(node.status().host());
            case "node.role" -> compare(node.spec().role().name());
            case "node.platform.os" ->
                compare(described(node, heard -> heard.platform().os()));
            case "node.platform.arch" ->
                matchesArchitecture(described(node, heard -> heard.platform().architecture()));
            default -> false;
        };
    }

    /** True when the node meets every one of them. */
    public static boolean allMatch(List<Constraint> constraints, Node node) {
        return constraints.stream().allMatch(constraint -> constraint.matches(node));
    }

    @Override
    public String toString() {
        return key + operator.symbol + value;
    }

    private boolean compare(String actual) {
        return value.equalsIgnoreCase(actual) == (operator == Operator.EQUAL);
    }

    private boolean matchesArchitecture(String actual) {
        boolean same = Architecture.canonical(value).equals(Architecture.canonical(actual));
        return same == (operator == Operator.EQUAL);
    }

    private boolean matchesAddress(String addr) {
        return AddressRange.parse(value)
                .map(range -> range.contains(addr) == (operator == Operator.EQUAL))
                .orElse(false);
    }

    private static String described(Node node, Function<NodeDescription, String> property) {
        Optional<NodeDescription> heard = node.description();
        return heard.map(property).orElse("");
    }

    private static void check(boolean holds, String text, String reason) {
        if (!holds) {
            throw malformed(text, reason);
        }
    }

    private static SkepException malformed(String text, String reason) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "the constraint \"" + text + "\" cannot be read: " + reason
                        + "; write it like node.labels.zone==a or node.role!=manager");
    }
}
