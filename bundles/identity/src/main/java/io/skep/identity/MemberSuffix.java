package io.skep.identity;

import io.skep.api.kernel.Entropy;

/** What makes a member id of a node id. */
final class MemberSuffix {
    private static final int LENGTH = 8;

    private MemberSuffix() {}

    static String fresh(Entropy entropy) {
        return entropy.newId().substring(0, LENGTH);
    }
}
