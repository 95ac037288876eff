package io.skep.model;

/**
 * A text that is not for logs, tables or people: a key, a token's secret. Prints as {@code (hidden)}; only the binary codec writes
 * what it holds, {@link io.skep.model.codec.Codec#toJson} does not.
 *
 * @param value the text itself
 */
public record Sensitive(String value) {
    @Override
    public String toString() {
        return "(hidden)";
    }
}
