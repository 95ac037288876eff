package io.skep.identity;

import io.skep.api.identity.Enrolment.Issued;
import io.skep.identity.ca.NodeKey;

/** What the renewal of certificates asks of the identity. A service of this bundle for itself, there as long as {@code LocalNode} is. */
interface Renewable {
    /** The node whose certificate is to be renewed. */
    SwarmNode node();

    /**
     * Takes over what a manager answered; services come and go with the role that it grants. Blocking.
     *
     * @throws io.skep.model.SkepException {@code FORBIDDEN} when the answer is not for this key and node or leads to no root of the
     *     swarm, and nothing is changed
     */
    void renewed(NodeKey key, Issued issued);
}
