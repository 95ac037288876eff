package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link CountingMachine} that stands still at the command {@code gate}, so that a test can change the world meanwhile. */
public final class GatedMachine implements StateMachine {
    public static final String GATE = "gate";

    private final CountingMachine machine = new CountingMachine();
    private final AtomicInteger saves = new AtomicInteger();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    @Override
    public byte[] apply(long index, byte[] command) {
        if (new String(command, UTF_8).equals(GATE)) {
            reached.complete(null);
            opened.join();
        }
        return machine.apply(index, command);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        saves.incrementAndGet();
        machine.save(out);
    }

    @Override
    public void load(InputStream in) throws IOException {
        machine.load(in);
    }

    public CompletableFuture<Void> reached() {
        return reached;
    }

    public void open() {
        opened.complete(null);
    }

    public int saves() {
        return saves.get();
    }

    public Set<String> commands() {
        return machine.commands();
    }
}
