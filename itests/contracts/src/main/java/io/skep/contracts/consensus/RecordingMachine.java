package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.StateMachine;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A state machine that remembers every command in order and answers with its number. {@code fill N} makes its state N
 * bytes larger, to try large snapshots.
 */
final class RecordingMachine implements StateMachine {
    private record Waiter(String command, CompletableFuture<String> applied) {}

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile List<String> commands = List.of();
    private volatile List<Long> indexes = List.of();
    private volatile byte[] padding = {};

    @Override
    public byte[] apply(long index, byte[] command) {
        calls.incrementAndGet();
        String text = new String(command, UTF_8);
        if (text.startsWith("fill ")) {
            padding = pattern(Integer.parseInt(text.substring("fill ".length())));
        }
        commands = with(commands, text.length() > 100 ? text.length() + " characters" : text);
        indexes = with(indexes, index);
        release();
        return (commands.size() + " " + text).getBytes(UTF_8);
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> next = new ArrayList<>(list);
        next.add(added);
        return next;
    }

    @Override
    public void save(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(commands.size());
        for (String command : commands) {
            data.writeUTF(command);
        }
        data.writeInt(padding.length);
        data.write(padding);
        data.flush();
    }

    @Override
    public void load(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        List<String> loaded = new ArrayList<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            loaded.add(data.readUTF());
        }
        padding = data.readNBytes(data.readInt());
        commands = loaded;
        release();
    }

    private void release() {
        waiters.removeIf(waiter ->
                commands.contains(waiter.command()) && waiter.applied().complete(waiter.command()));
    }

    /** Completes once the command is part of the state. */
    CompletableFuture<String> whenApplied(String command) {
        CompletableFuture<String> applied = new CompletableFuture<>();
        waiters.add(new Waiter(command, applied));
        release();
        return applied;
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    List<Long> indexes() {
        return List.copyOf(indexes);
    }

    /** How often {@link #apply} was called on this object. */
    int calls() {
        return calls.get();
    }

    boolean holdsPattern(int size) {
        return Arrays.equals(padding, pattern(size));
    }
}
