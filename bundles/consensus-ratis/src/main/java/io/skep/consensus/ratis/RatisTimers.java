package io.skep.consensus.ratis;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.ratis.util.TimeoutTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the threads of Ratis's timers when the last server has closed. Ratis makes up to eight of them for all servers of a virtual
 * machine and never ends them; they would keep this bundle's classes alive after each swap. There is no way to them but their fields.
 */
final class RatisTimers {
    private static final Logger LOG = LoggerFactory.getLogger(RatisTimers.class);
    /** Held while timers end, so that no server begins with one that is about to. */
    private static final Semaphore TURN = new Semaphore(1);

    private static int users;

    private RatisTimers() {}

    /** A server is about to open. */
    static void use() {
        TURN.acquireUninterruptibly();
        users++;
        TURN.release();
    }

    /** A server has closed. */
    static void release() {
        TURN.acquireUninterruptibly();
        users--;
        if (users == 0) {
            endAll();
        }
        TURN.release();
    }

    private static void endAll() {
        try {
            for (Object timer : (List<?>) field(TimeoutTimer.class, "timers").get(TimeoutTimer.getInstance())) {
                end((Supplier<?>) timer);
            }
        } catch (ReflectiveOperationException | RuntimeException failure) {
            LOG.warn("the threads of Ratis's timers live on", failure);
        }
    }

    private static void end(Supplier<?> memoized) throws ReflectiveOperationException {
        Field value = field(memoized.getClass().getSuperclass(), "value");
        if (value.get(memoized) instanceof Timer timer) {
            timer.cancel();
            value.set(memoized, null); // the next server makes a new one
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
