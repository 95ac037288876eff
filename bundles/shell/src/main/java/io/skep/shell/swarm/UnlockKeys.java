package io.skep.shell.swarm;

import io.skep.model.UnlockKey;

/** What is said of unlock keys; pure. */
final class UnlockKeys {
    private UnlockKeys() {}

    /** How a manager is opened after its start. */
    static String instructions(UnlockKey key) {
        return "To unlock a swarm manager after it restarts, run swarm:unlock on it and give it this key:\n\n    "
                + key.text()
                + "\n\nKeep the key in a safe place: without it no manager can be restarted.";
    }
}
