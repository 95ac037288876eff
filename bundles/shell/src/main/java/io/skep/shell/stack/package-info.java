/** Commands about stacks. */
@NullMarked
package io.skep.shell.stack;

import org.jspecify.annotations.NullMarked;
