package io.skep.consensus.atomix;

import io.skep.consensus.support.Batch;
import io.skep.consensus.support.Proposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A batch under way: its number in a session, and the proposals that it carries. */
final class Flight {
    private static final byte[] NO_ANSWER = {};

    private final long session;
    private final long number;
    private final List<Proposal> proposals;
    private final byte[] batch;
    private final long begun = System.nanoTime();

    Flight(long session, long number, List<Proposal> proposals) {
        this.session = session;
        this.number = number;
        this.proposals = List.copyOf(proposals);
        this.batch = Batch.ofCommands(commands(proposals));
    }

    private static List<byte[]> commands(List<Proposal> proposals) {
        List<byte[]> commands = new ArrayList<>();
        for (Proposal proposal : proposals) {
            byte[] command = proposal.command();
            if (command != null) {
                commands.add(command);
            }
        }
        return commands;
    }

    long session() {
        return session;
    }

    long number() {
        return number;
    }

    List<Proposal> proposals() {
        return proposals;
    }

    byte[] batch() {
        return batch;
    }

    /** How long it is under way. */
    Duration time() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    boolean answered() {
        return proposals.stream().allMatch(proposal -> proposal.reply().isDone());
    }

    /** Answers every proposal from the batch's result. */
    void land(byte[] result) {
        long index = Batch.index(result);
        Iterator<byte[]> answers = Batch.answers(result).iterator();
        for (Proposal proposal : proposals) {
            byte[] answer = proposal.command() == null ? NO_ANSWER : answers.next();
            proposal.reply().complete(new Proposal.Reply(index, answer));
        }
    }
}
