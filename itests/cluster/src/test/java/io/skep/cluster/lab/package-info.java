@NullMarked
package io.skep.cluster.lab;

import org.jspecify.annotations.NullMarked;
