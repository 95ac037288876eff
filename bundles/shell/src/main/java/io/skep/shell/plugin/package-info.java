/** Commands about the plug-ins that are there: strategies and runtimes. */
@NullMarked
package io.skep.shell.plugin;

import org.jspecify.annotations.NullMarked;
