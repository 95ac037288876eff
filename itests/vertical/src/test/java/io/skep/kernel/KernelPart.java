package io.skep.kernel;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;

/** The kernel as its bundle starts and stops it. */
public final class KernelPart implements AutoCloseable {
    private final LoopThread loop = new LoopThread();
    private final EffectPool effects = new EffectPool();
    private final SystemEntropy entropy = new SystemEntropy();

    public EventLoop loop() {
        return loop;
    }

    public Effects effects() {
        return effects;
    }

    public Entropy entropy() {
        return entropy;
    }

    @Override
    public void close() {
        effects.stop();
        loop.stop();
    }
}
