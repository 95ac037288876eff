/** Which tasks should exist: pure decisions on a snapshot. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.orchestration;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
