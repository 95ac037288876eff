package io.skep.gossip.atomix;

import io.skep.model.SkepException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads a message; whatever it holds, nothing but a {@link MalformedException} comes of it. */
final class WireReader {
    private final ByteBuffer in;

    WireReader(byte[] message) {
        in = ByteBuffer.wrap(message);
    }

    int u8() {
        return read(() -> in.get() & 0xff);
    }

    int i32() {
        return read(in::getInt);
    }

    long i64() {
        return read(in::getLong);
    }

    byte[] bytes() {
        int length = i32();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException(length + " bytes announced, " + in.remaining() + " left");
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    Endpoint endpoint() {
        try {
            return new Endpoint(text(), i32());
        } catch (SkepException e) {
            throw new MalformedException("address");
        }
    }

    /** A list that is preceded by its length; an item takes a byte at least, so a false length is noticed early. */
    <T> List<T> list(Supplier<T> item) {
        int length = i32();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException(length + " items announced, " + in.remaining() + " bytes left");
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(item.get());
        }
        return items;
    }

    private static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (BufferUnderflowException e) {
            throw new MalformedException("ends early");
        }
    }
}
