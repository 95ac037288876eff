package io.skep.consensus.support;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.List;

/** The failures that a group answers with. */
public final class Failures {
    private Failures() {}

    public static SkepException stopped(String memberId) {
        return new SkepException(
                ErrorCode.PART_MISSING,
                "the consensus engine of " + memberId + " is stopped; start it, and repeat under the same request id");
    }

    public static SkepException late(Duration limit, boolean leaderless) {
        return leaderless
                ? new SkepException(
                        ErrorCode.NO_LEADER,
                        "no leader for " + limit.toMillis()
                                + " ms; bring back a majority of the managers, then repeat under the same request id")
                : new SkepException(
                        ErrorCode.TIMED_OUT,
                        "the managers did not agree within " + limit.toMillis()
                                + " ms; it may be applied yet, so repeat under the same request id");
    }

    public static SkepException tooLarge(int size, int limit) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT, "the command has " + size + " bytes; split it into parts of " + limit);
    }

    public static SkepException noMember(String memberId, List<String> members) {
        return new SkepException(
                ErrorCode.NOT_FOUND, memberId + " is no manager; choose one of " + String.join(", ", members));
    }

    public static SkepException broken(Throwable cause) {
        return new SkepException(
                ErrorCode.CORRUPT,
                "consensus stopped on this node: " + cause.getMessage()
                        + "; see its log, free space if its disk is full, and start the node again; only if that fails, and"
                        + " other managers have the state, remove this one and add it again with an empty directory",
                cause);
    }
}
