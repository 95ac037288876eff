package io.skep.api.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes log lines. */
@ConsumerType
@FunctionalInterface
public interface LogSink {
    /** Takes the next line; may block to slow the reader down. Returns false when no more are wanted. */
    boolean accept(LogLine line);
}
