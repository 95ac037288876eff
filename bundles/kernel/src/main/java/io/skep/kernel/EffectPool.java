package io.skep.kernel;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.model.SkepException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Threads for blocking work; idle ones end, and with them whatever a library left in their thread-locals. */
@Component(service = Effects.class)
public final class EffectPool implements Effects {
    /** Stopping many containers at once blocks a thread for each while it waits for their grace period. */
    private static final int THREADS = 64;

    private final ThreadPoolExecutor executor;

    @Activate
    public EffectPool() {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new PlainThreads("skep-effect"));
        executor.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    void stop() {
        executor.shutdownNow();
    }

    @Override
    public <T> CompletionStage<T> run(Scope owner, Callable<T> work) {
        if (!(owner instanceof LoopScope scope)) {
            throw new IllegalArgumentException("not a scope of this kernel: " + owner);
        }
        Effect<T> effect = new Effect<>(scope, work);
        effect.hook = scope.whenClosed(effect::abandon);
        executor.execute(effect.task);
        return effect.result;
    }

    /** One piece of work, its answer, and its tie to the scope that asked. */
    private static final class Effect<T> {
        private final LoopScope scope;
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final FutureTask<Void> task = new FutureTask<>(this::perform, null);
        private volatile Timer hook = () -> {};

        Effect(LoopScope scope, Callable<T> work) {
            this.scope = scope;
            this.work = work;
        }

        void abandon() {
            task.cancel(true);
            result.completeExceptionally(scope.gone());
        }

        private void perform() {
            Runnable answer = answer();
            hook.cancel();
            try {
                scope.execute(answer);
            } catch (SkepException closed) {
                result.completeExceptionally(closed);
            }
        }

        private Runnable answer() {
            try {
                T value = work.call();
                return () -> result.complete(value);
            } catch (InterruptedException e) {
                SkepException stopped = scope.gone();
                return () -> result.completeExceptionally(stopped);
            } catch (Exception | Error e) {
                return () -> result.completeExceptionally(e);
            }
        }
    }
}
