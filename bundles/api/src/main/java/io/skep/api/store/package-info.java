/** The replicated state of the cluster: snapshot, watch, commit. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
