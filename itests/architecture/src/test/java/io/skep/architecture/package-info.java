/** The plan of the house as tests. */
@NullMarked
package io.skep.architecture;

import org.jspecify.annotations.NullMarked;
