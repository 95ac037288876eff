/** How the commands meet Karaf's shell: their registration, reading of their lines, and completion. */
@NullMarked
package io.skep.shell.console;

import org.jspecify.annotations.NullMarked;
