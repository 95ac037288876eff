/** Measurements of the store's own classes. */
@NullMarked
package io.skep.store;

import org.jspecify.annotations.NullMarked;
