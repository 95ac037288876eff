@NullMarked
package io.skep.cluster.judge;

import org.jspecify.annotations.NullMarked;
