package io.skep.model;

/**
 * The address that stands for a service on a network.
 *
 * @param networkId which network
 * @param addr address without prefix length
 */
public record VirtualIp(String networkId, String addr) {}
