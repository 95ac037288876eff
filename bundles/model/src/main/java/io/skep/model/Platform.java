package io.skep.model;

/**
 * Operating system and architecture, as Go names them; empty matches any.
 *
 * @param architecture such as {@code amd64}
 * @param os such as {@code linux}
 */
public record Platform(String architecture, String os) {}
