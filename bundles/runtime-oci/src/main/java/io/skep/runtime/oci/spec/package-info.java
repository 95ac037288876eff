/** Pure: from an image's and a container's configuration to the {@code config.json} of the OCI runtime specification. */
@NullMarked
package io.skep.runtime.oci.spec;

import org.jspecify.annotations.NullMarked;
