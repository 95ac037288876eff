package io.skep.itests.karaf;

/**
 * A record that is of no other use than to be linked, see {@link Leaks}.
 *
 * @param number anything
 */
public record Placeholder(int number) {}
