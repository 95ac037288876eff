package io.skep.agent;

import io.skep.model.NodeDescription;

/**
 * What the managers are told of this node.
 *
 * @param description what it has
 * @param issuer digest of the root that its certificate comes from
 */
record Presentation(NodeDescription description, String issuer) {}
