/** The records of the cluster, named as in the Docker Engine API, and the one exception type. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
