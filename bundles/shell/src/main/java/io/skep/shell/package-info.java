/**
 * What the commands {@code swarm:*} share: the base class {@link io.skep.shell.SwarmCommand}, finding the parts of Skep, and printing. The commands
 * are in the packages below, one class each. No command refers to a service: a part that is missing is named when a command needs it, and {@code
 * --help} always works.
 */
@NullMarked
package io.skep.shell;

import org.jspecify.annotations.NullMarked;
