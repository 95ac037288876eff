package io.skep.kernel;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.parts.Kernel;

/** The kernel as its bundle starts and stops it. */
public final class KernelPart implements Kernel, AutoCloseable {
    private final LoopThread loop = new LoopThread();
    private final EffectPool effects = new EffectPool();
    private final SystemEntropy entropy = new SystemEntropy();

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Effects effects() {
        return effects;
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }

    @Override
    public void close() {
        effects.stop();
        loop.stop();
    }
}
