/** Containers and images on one node. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
