/** The contract of {@link io.skep.api.consensus.Consensus}, and an engine in memory that passes it. */
@NullMarked
package io.skep.contracts.consensus;

import org.jspecify.annotations.NullMarked;
