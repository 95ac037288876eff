package io.skep.api.runtime;

/**
 * What a further process of a container left.
 *
 * @param exitCode 0–255
 * @param output standard output and error in the order of arrival, UTF-8
 */
public record ExecResult(int exitCode, String output) {}
