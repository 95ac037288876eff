package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;

/** What ends a session: said by a manager to an agent, or by an agent to a manager. */
final class SessionOver {
    private SessionOver() {}

    static SkepException failure() {
        return new SkepException(ErrorCode.WRONG_STATE, "this session is over; open another");
    }

    /** True when the other side has said so. */
    static boolean is(Throwable failure) {
        return Requests.cause(failure) instanceof SkepException known && known.code() == ErrorCode.WRONG_STATE;
    }

    /** True when there is no agent to answer, though its node is there. */
    static boolean noAgent(Throwable failure) {
        return Requests.cause(failure) instanceof SkepException known && known.code() == ErrorCode.NOT_FOUND;
    }
}
