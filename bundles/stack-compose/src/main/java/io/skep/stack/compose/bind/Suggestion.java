package io.skep.stack.compose.bind;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was meant by the distance of Levenshtein. */
final class Suggestion {
    private static final int LONGEST = 64;
    private static final int MOST = 200;

    private Suggestion() {}

    /** The nearest of the words if it is near enough. */
    static Optional<String> nearest(String word, Collection<String> words) {
        if (word.length() > LONGEST || words.size() > MOST) {
            return Optional.empty();
        }
        int allowed = Math.max(1, word.length() / 3);
        return words.stream()
                .filter(known -> distance(word, known) <= allowed)
                .min(Comparator.<String>comparingInt(known -> distance(word, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The remark to append to a finding. */
    static String didYouMean(String word, Collection<String> words) {
        return nearest(word, words)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
