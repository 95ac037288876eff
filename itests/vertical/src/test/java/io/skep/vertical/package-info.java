/** The whole way from a request to a container, swap by swap. */
@NullMarked
package io.skep.vertical;

import org.jspecify.annotations.NullMarked;
