package io.skep.store;

import io.skep.api.store.Transaction;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import io.skep.store.Reply.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The contract of {@link io.skep.api.store.Store#commit} once more and in few words, to which the state machine is held. */
final class WrittenRules {
    private final Map<String, Long> requests = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private long term;
    private long version;

    /** Looks at the next command of the log and what was answered to it. */
    void judge(Command command, Reply reply) {
        if (command instanceof Command.Apply apply) {
            judge(apply.transaction(), reply);
        } else if (command instanceof Command.BeginTerm begun) {
            term = Math.max(term, begun.term());
        } else {
            throw new AssertionError(
                    "these rules do not know " + command.getClass().getSimpleName());
        }
    }

    private void judge(Transaction transaction, Reply reply) {
        Long before = requests.get(transaction.requestId());
        if (before != null) {
            require(
                    reply.equals(Reply.applied(before)),
                    "request " + transaction.requestId() + " was applied twice: " + reply);
            return;
        }
        require(
                transaction.term() != 0 || !transaction.requestId().isEmpty(),
                "a decision of no term and of no request: " + transaction.changes());
        boolean deposed = transaction.term() != 0 && transaction.term() < term;
        Optional<Change> moved =
                transaction.changes().stream().filter(this::moved).findFirst();
        require(
                deposed == (reply.outcome() == Outcome.DEPOSED),
                "a decision of term " + transaction.term() + " in term " + term + " was answered " + reply);
        if (!deposed) {
            require(
                    moved.isPresent() == (reply.outcome() == Outcome.CONFLICT),
                    moved.map(change -> key(change) + " has moved on").orElse("nothing has moved on")
                            + ", but the answer was " + reply);
        }
        if (!deposed && moved.isEmpty()) {
            require(reply.equals(Reply.applied(version + 1)), "version " + (version + 1) + " was answered " + reply);
            follow(transaction);
        }
    }

    private boolean moved(Change change) {
        return change.expected() != Change.ANY
                && change.table() != Table.STATUSES
                && versions.getOrDefault(key(change), Change.ABSENT) != change.expected();
    }

    private void follow(Transaction transaction) {
        version++;
        if (!transaction.requestId().isEmpty()) {
            requests.put(transaction.requestId(), version);
        }
        for (Change change : transaction.changes()) {
            if (change instanceof Change.Put<?>) {
                versions.put(key(change), version);
            } else if (change instanceof Change.Remove) {
                versions.remove(key(change));
            }
        }
    }

    private static String key(Change change) {
        return change.table().name() + '/' + change.id();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
