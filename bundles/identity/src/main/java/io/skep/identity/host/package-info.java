/** Under which of the host's addresses this node listens and is reached. */
@NullMarked
package io.skep.identity.host;

import org.jspecify.annotations.NullMarked;
