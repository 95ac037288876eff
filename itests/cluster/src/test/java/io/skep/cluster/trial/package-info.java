@NullMarked
package io.skep.cluster.trial;

import org.jspecify.annotations.NullMarked;
