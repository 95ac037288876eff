/** What every parser of stack files must do. */
@NullMarked
package io.skep.contracts.stack;

import org.jspecify.annotations.NullMarked;
