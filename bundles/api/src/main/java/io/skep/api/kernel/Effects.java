package io.skep.api.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The pool for work that blocks or takes over 5 ms: programs, files, sockets, large decisions on a snapshot. */
@ProviderType
public interface Effects {
    /**
     * Runs {@code work} on a pool thread. Its result or exception reaches the stage on {@code owner}'s loop thread, in an
     * event of that scope: the caller's continuation needs no locks. When the scope closes first, the stage fails with
     * {@code PART_MISSING} and the thread running the work is interrupted.
     *
     * @param owner the scope in which the result is handled
     * @param work may block; called once
     */
    <T> CompletionStage<T> run(Scope owner, Callable<T> work);
}
