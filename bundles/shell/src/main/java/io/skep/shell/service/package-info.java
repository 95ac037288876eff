/** Commands about services and their tasks. */
@NullMarked
package io.skep.shell.service;

import org.jspecify.annotations.NullMarked;
