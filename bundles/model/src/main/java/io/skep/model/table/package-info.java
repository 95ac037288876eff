/** The state of the cluster as immutable tables with indexes, and the changes that turn one into the next. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.model.table;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
