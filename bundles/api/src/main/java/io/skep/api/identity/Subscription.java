package io.skep.api.identity;

import org.osgi.annotation.versioning.ProviderType;

/** Ends {@link LocalNode#onChange}; idempotent. */
@ProviderType
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
