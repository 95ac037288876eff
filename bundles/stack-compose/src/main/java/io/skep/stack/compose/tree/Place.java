package io.skep.stack.compose.tree;

/**
 * Where something stands.
 *
 * @param path of the file, as its author named it
 * @param line from 1
 * @param column from 1
 */
public record Place(String path, int line, int column) {}
