package io.skep.identity;

import io.skep.identity.host.Place;

/**
 * What is written to {@code node.json}: who this node is for as long as it belongs to the swarm. Without secrets, and read before
 * the keys are unlocked.
 *
 * @param nodeId the node's id
 * @param swarmId the swarm's id
 * @param place where it is found
 */
record NodeFile(String nodeId, String swarmId, Place place) {}
