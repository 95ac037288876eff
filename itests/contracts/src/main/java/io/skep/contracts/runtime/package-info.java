/** What every container runtime must do, and a simulated one that does it without containers. */
@NullMarked
package io.skep.contracts.runtime;

import org.jspecify.annotations.NullMarked;
