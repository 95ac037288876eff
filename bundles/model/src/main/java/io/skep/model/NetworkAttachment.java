package io.skep.model;

/**
 * A task's address on a network.
 *
 * @param networkId which network
 * @param address without prefix length
 */
public record NetworkAttachment(String networkId, String address) {}
