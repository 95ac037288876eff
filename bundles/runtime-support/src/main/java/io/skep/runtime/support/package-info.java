/** What runtimes on a Linux host share: programs, processes, directory events and log files. Embedded privately by each. */
@NullMarked
package io.skep.runtime.support;

import org.jspecify.annotations.NullMarked;
