/**
 * Reads for managers what this node's tasks printed. An edge, for a runtime that reads along with a container blocks its thread: {@link
 * io.skep.agent.logs.LogServer} is asked, {@link io.skep.agent.logs.Reading} has the thread.
 */
@NullMarked
package io.skep.agent.logs;

import org.jspecify.annotations.NullMarked;
