/** YAML as a tree that knows where each of its parts stands. */
@NullMarked
package io.skep.stack.compose.tree;

import org.jspecify.annotations.NullMarked;
