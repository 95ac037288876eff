package io.skep.api.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told what a long call is doing. */
@ConsumerType
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = text -> {};

    /** A short phrase such as {@code unpacking layer 2 of 3}; called on the caller's thread, does not throw. */
    void report(String text);
}
