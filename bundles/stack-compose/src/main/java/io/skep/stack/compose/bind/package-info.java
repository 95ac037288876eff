/** From the tree to specs, one class a subject. */
@NullMarked
package io.skep.stack.compose.bind;

import org.jspecify.annotations.NullMarked;
