/** What operators ask of the cluster. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
