package io.skep.api.identity;

/**
 * Where a manager listens.
 *
 * @param nodeId its node
 * @param address {@code host:port} of its transport
 */
public record ManagerAddress(String nodeId, String address) {}
