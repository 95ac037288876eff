/**
 * What every engine of consensus needs beside the engine: the owner's mark of a directory, one thread for the books, batches, the
 * line between members over the node's {@link io.skep.api.transport.Transport}, failures that name a remedy.
 *
 * <p>A member id is the id of its node, or that id followed by {@code :} and anything that tells one data directory from the next.
 */
@NullMarked
package io.skep.consensus.support;

import org.jspecify.annotations.NullMarked;
