/** Commands about nodes. */
@NullMarked
package io.skep.shell.node;

import org.jspecify.annotations.NullMarked;
