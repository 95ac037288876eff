/** Which nodes a task may run on, as far as its spec alone decides: constraints and names of architectures. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.model.placement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
