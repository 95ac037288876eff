/** Containers by the programs of the Open Container Initiative: runc or crun, each container below a conmon of its own. */
@NullMarked
package io.skep.runtime.oci;

import org.jspecify.annotations.NullMarked;
