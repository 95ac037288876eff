/** Who is alive, and eventually consistent tables. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.api.gossip;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
