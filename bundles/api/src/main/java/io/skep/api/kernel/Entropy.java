package io.skep.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

/** The only source of randomness, so that a simulation can seed it. Thread-safe, non-blocking. */
@ProviderType
public interface Entropy {
    /** A new object id: 25 characters of {@code [0-9a-z]}, 125 random bits or more, as Docker Swarm's ids look. */
    String newId();

    /** A uniform number in {@code [0, bound)}; {@code bound} is positive. */
    long below(long bound);
}
