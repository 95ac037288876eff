package io.skep.simulation;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.parts.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The kernel of one node in virtual time. Events of a scope keep their order, those of several scopes come in any; effects take as long as the seed says.
 * An exception that escapes from an event ends the simulation.
 */
final class VirtualKernel implements Kernel, EventLoop, Effects, Entropy {
    private static final Duration JITTER = Duration.ofNanos(200_000);
    private static final Duration EFFECT = Duration.ofMillis(4);
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 25;
    private final Timeline timeline;
    private final BiConsumer<String, Throwable> broken;
    private Duration slowness = Duration.ZERO;
    private boolean inLoop;

    VirtualKernel(Timeline timeline, BiConsumer<String, Throwable> broken) {
        this.timeline = timeline;
        this.broken = broken;
    }

    /** How much longer the agent's effects take, at most. */
    void slow(Duration most) {
        slowness = most;
    }

    @Override
    public EventLoop loop() {
        return this;
    }

    @Override
    public Effects effects() {
        return this;
    }

    @Override
    public Entropy entropy() {
        return this;
    }

    @Override
    public Scope open(String name) {
        return new VirtualScope(name);
    }

    @Override
    public boolean inLoop() {
        return inLoop;
    }

    @Override
    public String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(DIGITS.charAt(timeline.random().nextInt(DIGITS.length())));
        }
        return id.toString();
    }

    @Override
    public long below(long bound) {
        return timeline.random().nextLong(bound);
    }

    @Override
    public <T> CompletionStage<T> run(Scope owner, Callable<T> work) {
        VirtualScope scope = (VirtualScope) owner;
        CompletableFuture<T> result = new CompletableFuture<>();
        if (scope.closed) {
            result.completeExceptionally(scope.gone());
            return result;
        }
        Object key = new Object();
        scope.awaited.put(key, result);
        Duration extra = scope.name.equals("agent") ? timeline.upTo(slowness) : Duration.ZERO;
        timeline.after(extra.plus(timeline.upTo(EFFECT)), () -> perform(scope, work, result, key));
        return result;
    }

    private <T> void perform(VirtualScope scope, Callable<T> work, CompletableFuture<T> result, Object key) {
        if (scope.closed) {
            return;
        }
        Runnable answer;
        try {
            T value = work.call();
            answer = () -> result.complete(value);
        } catch (Exception failure) {
            answer = () -> result.completeExceptionally(failure);
        }
        Runnable last = answer;
        timeline.after(timeline.upTo(EFFECT), () -> {
            if (!scope.closed) {
                scope.awaited.remove(key);
                scope.execute(last);
            }
        });
    }

    /** One component's share. */
    private final class VirtualScope implements Scope {
        private final String name;
        private final Map<Object, CompletableFuture<?>> awaited = new LinkedHashMap<>();
        private Instant last = Instant.MIN;
        private boolean closed;

        VirtualScope(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable event) {
            if (closed) {
                throw gone();
            }
            Instant soon = timeline.now().plus(timeline.upTo(JITTER));
            last = soon.isAfter(last) ? soon : last.plusNanos(1);
            timeline.at(last, () -> perform(event));
        }

        private void perform(Runnable event) {
            if (closed) {
                return;
            }
            inLoop = true;
            try {
                event.run();
            } catch (RuntimeException | Error failure) {
                broken.accept(name, failure);
            } finally {
                inLoop = false;
            }
        }

        @Override
        public Timer after(Duration delay, Runnable event) {
            if (closed) {
                throw gone();
            }
            boolean[] cancelled = {false};
            timeline.after(delay, () -> {
                if (!closed && !cancelled[0]) {
                    execute(() -> {
                        if (!cancelled[0]) {
                            event.run();
                        }
                    });
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public Instant now() {
            return timeline.now();
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
            List<CompletableFuture<?>> held = List.copyOf(awaited.values());
            awaited.clear();
            held.forEach(result -> result.completeExceptionally(gone()));
        }

        private SkepException gone() {
            return new SkepException(ErrorCode.PART_MISSING, name + " is stopped; repeat when it runs again");
        }
    }
}
