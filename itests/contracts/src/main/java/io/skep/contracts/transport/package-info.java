/** The contract of {@link io.skep.api.transport.Transport}, and a network in memory that passes it. */
@NullMarked
package io.skep.contracts.transport;

import org.jspecify.annotations.NullMarked;
