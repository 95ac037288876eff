/** Agreement on an order of commands among the managers. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.consensus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
