package io.skep.cluster.fault;

import io.skep.cluster.lab.Lab;
import java.util.Arrays;
import java.util.List;

/**
 * One thing that is done to a lab: a fault, or what ends it.
 *
 * @param deed what
 * @param words to whom and how, as {@link Deed} says
 */
public record Fault(Deed deed, List<String> words) {
    /** Fails when the deed needs other words. */
    public Fault {
        words = List.copyOf(words);
        if (words.size() != deed.parameters()) {
            throw new IllegalArgumentException("it is written: " + deed.usage());
        }
    }

    static Fault of(Deed deed, Object... words) {
        return new Fault(deed, Arrays.stream(words).map(String::valueOf).toList());
    }

    /**
     * Reads it from text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Fault parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        return new Fault(Deed.named(words.get(0)), words.subList(1, words.size()));
    }

    /** Does it. */
    public void act(Lab lab) {
        deed.act(lab, new Words(words));
    }

    @Override
    public String toString() {
        return (deed.text() + " " + String.join(" ", words)).strip();
    }
}
