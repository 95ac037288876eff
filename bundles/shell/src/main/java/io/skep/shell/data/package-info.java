/** Commands about secrets and configs. */
@NullMarked
package io.skep.shell.data;

import org.jspecify.annotations.NullMarked;
