package io.skep.scheduler;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** A list of node ordinals that grows. */
final class Ordinals {
    private static final int[] NONE = {};

    private int[] values = NONE;
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(4, 2 * size));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void forEach(IntConsumer action) {
        for (int i = 0; i < size; i++) {
            action.accept(values[i]);
        }
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
