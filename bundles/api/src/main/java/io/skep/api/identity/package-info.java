/** Who this node is and of which swarm. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
