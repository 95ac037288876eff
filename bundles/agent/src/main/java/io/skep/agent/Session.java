package io.skep.agent;

import io.skep.api.dispatch.SessionWire;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * An open session with the leader.
 *
 * @param id names it
 * @param manager the leader's node
 * @param asking how the leader is asked
 */
record Session(String id, String manager, Asking asking) {
    /** A report waits for the disks of a majority. */
    private static final Duration DURABLE = Duration.ofSeconds(10);

    CompletionStage<SessionWire.Beaten> beat(Duration patience) {
        return asking.ask(manager, SessionWire.BEAT, new SessionWire.Beat(id), SessionWire.Beaten.class, patience);
    }

    CompletionStage<Boolean> report(List<TaskStatus> statuses) {
        return ask(SessionWire.REPORT, new SessionWire.Report(id, statuses));
    }

    CompletionStage<Boolean> describe(Presentation now) {
        return ask(SessionWire.DESCRIBE, new SessionWire.Describe(id, now.description(), now.issuer()));
    }

    CompletionStage<Boolean> leave(Duration patience) {
        return asking.ask(manager, SessionWire.CLOSE, new SessionWire.Close(id, true), Boolean.class, patience);
    }

    private CompletionStage<Boolean> ask(String subject, Object message) {
        return asking.ask(manager, subject, message, Boolean.class, DURABLE);
    }

    /** True when the leader has said that there is no such session. */
    static boolean over(Throwable failure) {
        return code(failure) == ErrorCode.WRONG_STATE;
    }

    /** True when nothing came back in time. */
    static boolean unanswered(Throwable failure) {
        return code(failure) == ErrorCode.TIMED_OUT;
    }

    private static ErrorCode code(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SkepException known ? known.code() : ErrorCode.FAILED;
    }
}
