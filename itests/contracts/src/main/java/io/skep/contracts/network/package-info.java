/** What every network driver must do, one in memory, and namespaces to try a real one in. */
@NullMarked
package io.skep.contracts.network;

import org.jspecify.annotations.NullMarked;
