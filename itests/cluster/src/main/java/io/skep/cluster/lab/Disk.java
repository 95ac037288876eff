package io.skep.cluster.lab;

import java.nio.file.Path;

/** What a host has that outlives a power cut. */
interface Disk {
    /** Where its files are for the test, also while the host is off. */
    Path files();

    /** The power is cut: what was not flushed may be lost. No process of the host lives any more. */
    void cutPower();

    /** Takes all the room there is. */
    void fill();

    /** Gives it back. */
    void free();
}
