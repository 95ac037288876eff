package io.skep.consensus.ratis;

import io.skep.consensus.support.Batch;
import io.skep.consensus.support.Proposal;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A batch on its way to the leader, and who waits for it. */
final class Flight {
    private final long number;
    private final List<Proposal> proposals;
    private final byte[] batch;
    private final long begun = System.nanoTime();

    Flight(long number, List<Proposal> proposals) {
        this.number = number;
        this.proposals = proposals;
        List<byte[]> commands = new ArrayList<>();
        proposals.forEach(proposal -> commands.add(Objects.requireNonNull(proposal.command())));
        this.batch = Batch.ofCommands(commands);
    }

    long number() {
        return number;
    }

    /** How long it is under way. */
    Duration time() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    byte[] batch() {
        return batch;
    }

    List<Proposal> proposals() {
        return proposals;
    }

    /** Who has waited longest and still does; nobody when the batch need not arrive any more. */
    Optional<Proposal> oldest() {
        return proposals.stream().filter(proposal -> !proposal.reply().isDone()).findFirst();
    }

    Proposal last() {
        return proposals.get(proposals.size() - 1);
    }

    void land(byte[] answers) {
        long index = Batch.index(answers);
        List<byte[]> each = Batch.answers(answers);
        for (int i = 0; i < each.size(); i++) {
            proposals.get(i).reply().complete(new Proposal.Reply(index, each.get(i)));
        }
    }

    void fail(SkepException why) {
        proposals.forEach(proposal -> proposal.reply().completeExceptionally(why));
    }
}
