package io.skep.cluster.trial;

import io.skep.cluster.judge.Linearizability;
import io.skep.cluster.judge.Name;
import io.skep.cluster.judge.Operation;
import io.skep.cluster.judge.Register;
import io.skep.cluster.lab.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the clients of a trial asked and were answered. Any thread adds to it. */
final class Histories {
    private final Collection<Operation<Register.Call, String>> registers = new ConcurrentLinkedQueue<>();
    private final Collection<Operation<Name.Call, Boolean>> names = new ConcurrentLinkedQueue<>();
    private final Collection<String> notes = new ConcurrentLinkedQueue<>();
    private final long begin = System.nanoTime();
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    void addRegister(Operation<Register.Call, String> operation) {
        registers.add(operation);
        count(operation);
    }

    void addName(Operation<Name.Call, Boolean> operation) {
        names.add(operation);
        count(operation);
    }

    private void count(Operation<?, ?> operation) {
        if (operation.answer().isPresent()) {
            awaited.countDown();
        }
    }

    /** Waits for so many more answers; false when patience ended before. */
    boolean awaitAnswers(int more, Duration patience) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(more);
        awaited = latch;
        return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Keeps for people what was asked, and with which words it was answered. */
    void note(int client, String asked, long from, long to, Output output) {
        if (output.code() == Output.UNREACHABLE) {
            return;
        }
        notes.add("%.3f to %.3f client %d: %s -> %d %s"
                .formatted(
                        (from - begin) / 1e9,
                        (to - begin) / 1e9,
                        client,
                        asked,
                        output.code(),
                        (output.succeeded() ? "" : output.err()).replaceAll("\\s+", " ")));
    }

    /** All notes, in the order of the answers. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    int size() {
        return registers.size() + names.size();
    }

    /** The longest time in which no write was acknowledged that was asked for in it, in nanoseconds. */
    long longestGap() {
        List<Operation<Register.Call, String>> writes = registers.stream()
                .filter(operation ->
                        operation.answer().isPresent() && !operation.call().equals(Register.READ))
                .sorted(Comparator.comparingLong(Operation::to))
                .toList();
        long longest = 0;
        for (int i = 1; i < writes.size(); i++) {
            longest = Math.max(longest, writes.get(i).to() - writes.get(i - 1).to());
        }
        return longest;
    }

    List<String> violations() {
        List<String> violations = new ArrayList<>(Linearizability.violations(new Register(), registers));
        violations.addAll(Linearizability.violations(new Name(), names));
        return violations;
    }
}
