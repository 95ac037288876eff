package io.skep.gossip.atomix;

import org.jspecify.annotations.Nullable;

/** A key's last change in a unit. */
final class Change {
    private final String key;
    private final long counter;
    private final byte @Nullable [] value;

    /**
     * @param value null when the key was removed; not copied
     */
    Change(String key, long counter, byte @Nullable [] value) {
        this.key = key;
        this.counter = counter;
        this.value = value;
    }

    String key() {
        return key;
    }

    long counter() {
        return counter;
    }

    byte @Nullable [] value() {
        return value;
    }

    boolean removal() {
        return value == null;
    }
}
