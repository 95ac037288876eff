package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link CountingMachine} that stands still at the command {@code gate}, so that a test can change the world meanwhile. */
final class GatedMachine implements StateMachine {
    static final byte[] GATE = "gate".getBytes(UTF_8);

    private final CountingMachine machine = new CountingMachine();
    private final AtomicInteger saves = new AtomicInteger();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    @Override
    public byte[] apply(long index, byte[] command) {
        if (new String(command, UTF_8).equals("gate")) {
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

    CompletableFuture<Void> reached() {
        return reached;
    }

    void open() {
        opened.complete(null);
    }

    int saves() {
        return saves.get();
    }

    Set<String> commands() {
        return machine.commands();
    }
}
