package io.skep.shell.service;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line as one text, split into its words as a shell does; pure. */
final class Words {
    /** A piece of a word, or the blanks behind it: quoted plainly, quoted with escapes, escaped, bare. */
    private static final Pattern PIECE =
            Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|\\\\(.)|([^\\s'\"\\\\]+)|(\\s+)", Pattern.DOTALL);

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        Matcher piece = PIECE.matcher(text);
        int end = 0;
        while (piece.find() && piece.start() == end) {
            end = piece.end();
            if (piece.group(5) == null) {
                word.append(content(piece));
                open = true;
            } else if (open) {
                words.add(word.toString());
                word.setLength(0);
                open = false;
            }
        }
        if (end < text.length()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the command \"" + text + "\" has a quote or an escape that does not end");
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    private static String content(Matcher piece) {
        if (piece.group(2) != null) {
            return piece.group(2).replaceAll("(?s)\\\\(.)", "$1");
        }
        for (int group : new int[] {1, 3, 4}) {
            if (piece.group(group) != null) {
                return piece.group(group);
            }
        }
        return "";
    }
}
