package io.skep.identity;

import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.Trust;
import java.util.Optional;

/**
 * What a node keeps that others must not read, or that belongs together with it: one record in one file, so that any change of it is
 * there as a whole or not at all. A key and a certificate that do not fit each other cannot be left behind.
 *
 * @param key the node's private key: PEM of PKCS #8
 * @param certificate PEM of the node's certificate, and of what leads from it to a root
 * @param facts what the node was told last
 * @param memberSuffix makes the member id of a manager from its node id; while the node is a worker, that of its next promotion
 * @param founder true while the member is the one that founded the swarm
 * @param logKey of managers
 * @param founding what the founder has not yet written into the store
 */
record Secrets(
        Sensitive key,
        String certificate,
        SwarmFacts facts,
        String memberSuffix,
        boolean founder,
        Optional<Sensitive> logKey,
        Optional<Trust> founding) {

    Secrets learned(SwarmFacts told) {
        return new Secrets(key, certificate, told, memberSuffix, founder, logKey, founding);
    }

    Secrets founded() {
        return new Secrets(key, certificate, facts, memberSuffix, founder, logKey, Optional.empty());
    }

    /**
     * With another key and certificate.
     *
     * @param freshSuffix for the member of a promotion to come, when this is a demotion
     */
    Secrets renewed(Sensitive newKey, Issued issued, String freshSuffix) {
        boolean manager = issued.role() == NodeRole.MANAGER;
        boolean demoted = !manager && logKey.isPresent();
        return new Secrets(
                newKey,
                issued.certificate(),
                facts,
                demoted ? freshSuffix : memberSuffix,
                founder && manager,
                manager ? issued.logKey().or(() -> logKey) : Optional.empty(),
                manager ? founding : Optional.empty());
    }
}
