/** What the contract tests of all SPIs share. */
@NullMarked
package io.skep.contracts;

import org.jspecify.annotations.NullMarked;
