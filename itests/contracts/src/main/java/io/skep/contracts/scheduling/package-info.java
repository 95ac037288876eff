/** What strategies and filters promise, plug-ins of third parties included, and samples to try them on. */
@NullMarked
package io.skep.contracts.scheduling;

import org.jspecify.annotations.NullMarked;
