/** Commands about networks. */
@NullMarked
package io.skep.shell.network;

import org.jspecify.annotations.NullMarked;
