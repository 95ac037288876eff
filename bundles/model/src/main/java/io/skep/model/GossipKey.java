package io.skep.model;

/**
 * A key with which gossip is encrypted.
 *
 * @param number grows with every rotation; a message names the number of its key
 * @param key 32 bytes in base 64
 */
public record GossipKey(int number, Sensitive key) {}
