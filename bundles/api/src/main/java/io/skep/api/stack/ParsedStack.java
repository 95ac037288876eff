package io.skep.api.stack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a stack file.
 *
 * @param stack the specs; empty when a finding is an error
 * @param findings in the order of the files
 */
public record ParsedStack(Optional<StackSpec> stack, List<Finding> findings) {
    public ParsedStack {
        findings = List.copyOf(findings);
    }

    /**
     * Something to tell the author.
     *
     * @param severity whether it prevents the deployment
     * @param path of the file
     * @param line from 1
     * @param column from 1
     * @param message what is wrong and what to do
     */
    public record Finding(Severity severity, String path, int line, int column, String message) {
        @Override
        public String toString() {
            return path + ":" + line + ":" + column + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message;
        }
    }

    /** Whether a finding prevents the deployment. */
    public enum Severity {
        WARNING,
        ERROR
    }
}
