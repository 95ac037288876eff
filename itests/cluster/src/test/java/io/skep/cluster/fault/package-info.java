@NullMarked
package io.skep.cluster.fault;

import org.jspecify.annotations.NullMarked;
