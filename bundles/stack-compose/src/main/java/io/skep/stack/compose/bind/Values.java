package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Findings;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import io.skep.stack.compose.value.Amounts;
import io.skep.stack.compose.value.Numbers;
import io.skep.stack.compose.value.ShellWords;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads single values; one that is wrong is a finding at its place and comes out empty. */
final class Values {
    private final Findings findings;

    Values(Findings findings) {
        this.findings = findings;
    }

    Findings findings() {
        return findings;
    }

    /** Any word or number, as it stands. */
    Optional<String> text(Node node) {
        if (!(node instanceof Scalar scalar)) {
            return wrong(node, "text is expected here, not " + node.describe());
        }
        return switch (scalar.kind()) {
            case NULL -> wrong(node, "text is expected here, but there is nothing");
            case BOOLEAN -> wrong(node, "text is expected here; put " + scalar.text() + " into quotes");
            case INTEGER, DECIMAL, TEXT -> Optional.of(scalar.text());
        };
    }

    /** What becomes the value of a variable, label or option: numbers are written as Docker writes them, which may surprise. */
    Optional<String> plain(Node node) {
        Optional<String> text = text(node);
        if (text.isEmpty() || (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.TEXT)) {
            return text;
        }
        String number = Numbers.text(text.get());
        if (!number.equals(text.get())) {
            findings.warning(
                    node.place(),
                    "YAML reads " + text.get() + " as the number " + number
                            + "; put it into quotes to keep it as it is");
        }
        return Optional.of(number);
    }

    Optional<Boolean> bool(Node node) {
        if (node instanceof Scalar scalar
                && (scalar.kind() == Scalar.Kind.BOOLEAN || scalar.kind() == Scalar.Kind.TEXT)) {
            String word = scalar.text().toLowerCase(Locale.ROOT);
            if (word.equals("true") || word.equals("false")) {
                return Optional.of(word.equals("true"));
            }
        }
        return wrong(node, "true or false is expected here, not " + node.describe());
    }

    Optional<Integer> integer(Node node, int least, int most) {
        Optional<BigInteger> number = node instanceof Scalar scalar ? Numbers.integer(scalar.text()) : Optional.empty();
        boolean fits = number.isPresent()
                && number.get().compareTo(BigInteger.valueOf(least)) >= 0
                && number.get().compareTo(BigInteger.valueOf(most)) <= 0;
        return fits
                ? Optional.of(number.get().intValue())
                : wrong(
                        node,
                        "a whole number from " + least + " to " + most + " is expected here, not " + node.describe());
    }

    Optional<Double> ratio(Node node) {
        Optional<Double> number = node instanceof Scalar scalar
                ? Numbers.decimal(scalar.text()).map(Number::doubleValue)
                : Optional.empty();
        return number.isPresent() && number.get() >= 0 && number.get() <= 1
                ? number
                : wrong(node, "a number from 0 to 1 is expected here, not " + node.describe());
    }

    Optional<Duration> duration(Node node) {
        Optional<Duration> duration =
                node instanceof Scalar scalar ? Amounts.duration(scalar.text()) : Optional.empty();
        return duration.isPresent()
                ? duration
                : wrong(node, "a duration such as 1m30s, 10s or 500ms is expected here, not " + node.describe());
    }

    Optional<Long> bytes(Node node) {
        Optional<Long> bytes = node instanceof Scalar scalar ? Amounts.bytes(scalar.text()) : Optional.empty();
        return bytes.isPresent()
                ? bytes
                : wrong(node, "a size such as 64M, 1.5G or 4096 is expected here, not " + node.describe());
    }

    Optional<Long> nanoCpus(Node node) {
        Optional<Long> nanos = node instanceof Scalar scalar ? Amounts.nanoCpus(scalar.text()) : Optional.empty();
        return nanos.isPresent()
                ? nanos
                : wrong(node, "a number of processors such as '0.5' or '2' is expected here, not " + node.describe());
    }

    /** One of the words, which are the constants' names in small letters with hyphens. */
    <E extends Enum<E>> Optional<E> word(Node node, Class<E> words) {
        List<String> known = new ArrayList<>();
        for (E word : words.getEnumConstants()) {
            String name = word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (node instanceof Scalar scalar && scalar.text().equals(name)) {
                return Optional.of(word);
            }
            known.add(name);
        }
        String hint = node instanceof Scalar scalar ? Suggestion.didYouMean(scalar.text(), known) : "";
        return wrong(node, "one of " + String.join(", ", known) + " is expected here, not " + node.describe() + hint);
    }

    /** The items of a list. */
    List<Node> items(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        wrong(node, "a list is expected here, not " + node.describe());
        return List.of();
    }

    /** The items of a list, or a single item without one. */
    List<Node> oneOrMore(Node node) {
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    List<String> texts(Node node) {
        return items(node).stream().flatMap(item -> text(item).stream()).toList();
    }

    /** A command line as a list, or as a text that is split as a shell does. */
    List<String> command(Node node) {
        if (node instanceof Scalar) {
            Optional<List<String>> words = text(node).flatMap(ShellWords::split);
            if (words.isEmpty()) {
                wrong(node, "this command line has a quote that is not closed, or a backslash at its end");
            }
            return words.orElse(List.of());
        }
        return texts(node);
    }

    /** Entries of a mapping; none and a finding for anything else. */
    List<Node.Entry> entries(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.entries();
        }
        wrong(node, "a mapping is expected here, not " + node.describe());
        return List.of();
    }

    <T> Optional<T> wrong(Node node, String message) {
        findings.error(node.place(), message);
        return Optional.empty();
    }
}
