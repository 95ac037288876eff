package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.dispatch.TaskData;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The leader's news, each taken once and in order; what comes of another session is refused. On the loop. */
final class Inbox {
    private final Consumer<Assignments> work;
    private final Consumer<SwarmFacts> facts;
    private String sessionId = "";
    private String manager = "";
    private long taken;
    /** A complete assignment of which the end is still to come. */
    private final List<Assignment> portions = new ArrayList<>();

    private final List<TaskData> data = new ArrayList<>();

    private Optional<Surroundings> surroundings = Optional.empty();
    private boolean unfinished;

    Inbox(Consumer<Assignments> work, Consumer<SwarmFacts> facts) {
        this.work = work;
        this.facts = facts;
    }

    /** From here on only this session counts; its news may come before the answer that opens it. */
    void expect(String session, String from) {
        sessionId = session;
        manager = from;
        taken = 0;
        portions.clear();
        data.clear();
        unfinished = false;
    }

    /** Whether the session's first news has come. */
    boolean begun() {
        return taken > 0;
    }

    /** No session counts. */
    void close() {
        expect("", "");
    }

    /**
     * Takes one news.
     *
     * @throws SkepException {@code WRONG_STATE} when it is of another session, or one before it is missing
     */
    void take(String from, SessionWire.News news) {
        if (sessionId.isEmpty() || !news.sessionId().equals(sessionId) || !from.equals(manager)) {
            throw new SkepException(ErrorCode.WRONG_STATE, "this node has another session by now, or none");
        }
        if (news.sequence() > taken + 1) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "news " + news.sequence() + " came without those after " + taken);
        }
        if (news.sequence() == taken + 1) {
            taken = news.sequence();
            news.facts().ifPresent(facts);
            assignments(news.assignments(), news.last());
        }
    }

    private void assignments(Assignments told, boolean last) {
        if (told.complete()) {
            portions.clear();
            data.clear();
            surroundings = told.surroundings();
            unfinished = true;
        }
        if (!unfinished) {
            work.accept(told);
            return;
        }
        portions.addAll(told.put());
        data.addAll(told.data());
        if (last) {
            unfinished = false;
            Assignments whole = new Assignments(true, portions, List.of(), surroundings, data, List.of());
            portions.clear();
            data.clear();
            work.accept(whole);
        }
    }
}
