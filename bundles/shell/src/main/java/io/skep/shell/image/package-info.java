/** Commands about the images on this node. */
@NullMarked
package io.skep.shell.image;

import org.jspecify.annotations.NullMarked;
