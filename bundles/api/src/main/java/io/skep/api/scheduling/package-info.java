/** Which node runs which task: filters, strategies and the scheduler that combines them. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.scheduling;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
