package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.StateMachine;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.TreeSet;

/** Remembers each command once and answers with how many there are; fails at the command {@code fail}. */
public final class CountingMachine implements StateMachine {
    private volatile Set<String> commands = Set.of();

    @Override
    public byte[] apply(long index, byte[] command) {
        String text = new String(command, UTF_8);
        if (text.equals("fail")) {
            throw new IllegalStateException("asked to fail");
        }
        Set<String> next = new TreeSet<>(commands);
        next.add(text);
        commands = next;
        return String.valueOf(next.size()).getBytes(UTF_8);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(commands.size());
        for (String command : commands) {
            data.writeUTF(command);
        }
        data.flush();
    }

    @Override
    public void load(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Set<String> loaded = new TreeSet<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            loaded.add(data.readUTF());
        }
        commands = loaded;
    }

    public Set<String> commands() {
        return commands;
    }
}
