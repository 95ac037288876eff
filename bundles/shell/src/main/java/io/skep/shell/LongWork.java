package io.skep.shell;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Waits for what may take long; after two seconds it says so. */
public final class LongWork {
    private static final long QUIET_SECONDS = 2;
    private static final long SECONDS = 60;

    private final Parts parts;
    private final Consumer<String> teller;

    /** Tells people by this, who waits on the command's thread. */
    public LongWork(Parts parts, Consumer<String> teller) {
        this.parts = parts;
        this.teller = teller;
    }

    /**
     * The value of a stage.
     *
     * @param doing what is said after two seconds
     * @throws SkepException the stage's own, or {@code TIMED_OUT} after a minute
     */
    public <T> T await(String doing, CompletionStage<T> stage) throws InterruptedException {
        Optional<T> soon = Answers.within(stage, QUIET_SECONDS);
        if (soon.isPresent()) {
            return soon.get();
        }
        teller.accept(doing + " ...");
        return Answers.within(stage, SECONDS)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.TIMED_OUT,
                        doing + " takes longer than " + SECONDS + " s; see swarm:info, and repeat the command"));
    }

    /** The value of work that blocks; whoever interrupts the command ends it. Throws as {@link #await}. */
    public <T> T run(String doing, Callable<T> work) throws InterruptedException {
        return parts.call(
                EventLoop.class,
                loop -> parts.call(Effects.class, effects -> {
                    try (Scope scope = loop.open("shell")) {
                        return await(doing, effects.run(scope, work));
                    }
                }));
    }
}
