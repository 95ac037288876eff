package io.skep.parts;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;

/** The kernel of one node, of threads or of virtual time. */
public interface Kernel {
    EventLoop loop();

    Effects effects();

    Entropy entropy();
}
