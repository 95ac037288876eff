package io.skep.network.linux;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the one exception out of what ip, nft and the kernel say. */
final class KernelWords {
    private static final List<String> FULL = List.of(
            "No space left", "Cannot allocate memory", "Too many open files", "Resource temporarily unavailable");
    private static final List<String> FORBIDDEN = List.of("Operation not permitted", "Permission denied");
    private static final int LINES = 5;

    private KernelWords() {}

    /** The failure of {@code action}, with the first lines of what was said. */
    static SkepException failure(String action, String said) {
        String words = said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(LINES)
                .collect(Collectors.joining("; "));
        if (mentions(said, FULL)) {
            return new SkepException(
                    ErrorCode.EXHAUSTED,
                    "cannot " + action + ": the node has no room for more: " + words
                            + "; stop tasks or raise the limits");
        }
        if (mentions(said, FORBIDDEN)) {
            return new SkepException(
                    ErrorCode.FAILED, "cannot " + action + ": " + words + "; run the node as root (CAP_NET_ADMIN)");
        }
        return new SkepException(ErrorCode.FAILED, "cannot " + action + ": " + words);
    }

    private static boolean mentions(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }
}
