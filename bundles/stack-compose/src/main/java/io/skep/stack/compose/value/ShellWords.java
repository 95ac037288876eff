package io.skep.stack.compose.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command line into words as a shell does: blanks divide, quotes and backslashes protect, # comments; nothing is expanded. */
public final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private ShellWords(String line) {
        this.line = line;
    }

    /** The words; empty when a quote is not closed or a backslash ends the line. */
    public static Optional<List<String>> split(String line) {
        ShellWords words = new ShellWords(line);
        return words.run() ? Optional.of(words.words) : Optional.empty();
    }

    private boolean run() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '#' && quote == 0 && !inWord) {
                i = line.indexOf('\n', i);
                if (i < 0) {
                    return true;
                }
            } else if (c == '\\' && quote != '\'') {
                if (++i == line.length()) {
                    return false;
                }
                add(line.charAt(i));
            } else if (quote != 0) {
                quoted(c);
            } else {
                plain(c);
            }
        }
        end();
        return quote == 0;
    }

    private void quoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            add(c);
        }
    }

    private void plain(char c) {
        if (c == '\'' || c == '"') {
            quote = c;
            inWord = true;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
