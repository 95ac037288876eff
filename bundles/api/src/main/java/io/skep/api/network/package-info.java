/** Network sandboxes of containers and the routes between them on one node. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
