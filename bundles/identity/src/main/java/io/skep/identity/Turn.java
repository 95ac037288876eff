package io.skep.identity;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets one caller at a time change something outside the loop: calls arrive on several threads, and may block. Not reentrant. */
final class Turn {
    private final Semaphore free = new Semaphore(1, true);

    <T> T take(Supplier<T> change) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkepException(
                    ErrorCode.PART_MISSING, "the caller stopped before the identity had time for it", e);
        }
        try {
            return change.get();
        } finally {
            free.release();
        }
    }
}
