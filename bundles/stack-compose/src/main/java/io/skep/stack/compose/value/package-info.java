/** The small languages inside a compose file: durations, sizes, command lines, variables. */
@NullMarked
package io.skep.stack.compose.value;

import org.jspecify.annotations.NullMarked;
