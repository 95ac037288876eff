/** Arithmetic of IPv4 subnets and addresses. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.model.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
