/** Images on disk: layers unpacked once and shared by overlay mounts. */
@NullMarked
package io.skep.runtime.oci.image;

import org.jspecify.annotations.NullMarked;
