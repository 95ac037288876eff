package io.skep.cluster.trial;

import io.skep.cluster.lab.Output;

/** What the answer to a command says about whether it was done. */
enum Verdict {
    /** It was done. */
    DONE,
    /** It was refused for a reason that the asker gave, so it was not done. */
    REFUSED,
    /** Somebody else was quicker, or nobody could be asked: it was not done. */
    NOT_DONE,
    /** Nobody knows. */
    UNKNOWN;

    static Verdict of(Output output) {
        if (output.succeeded()) {
            return DONE;
        }
        boolean asked = output.code() != Output.UNREACHABLE;
        if (!asked || output.err().startsWith("CONFLICT:")) {
            return NOT_DONE;
        }
        boolean unknown = output.code() == Output.LOST
                || output.err().startsWith("UNAVAILABLE:")
                || output.err().startsWith("INTERNAL:");
        return unknown ? UNKNOWN : REFUSED;
    }
}
